"""English sentences for otherwise.py."""

from otherwise import IRONIC, MISSED, NEGATIVE, Maker, Said, denied, doubled, ended, plain, supposed, wished

#: Word -> category, fine label.
ADJECTIVES = {
    **{w: ('anger', 'anger') for w in 'angry mad furious livid outraged enraged'.split()},
    **{w: ('anger', 'annoyance') for w in 'annoyed irritated frustrated bitter resentful cross fed~up pissed~off'.split()},
    **{w: ('fear', 'fear') for w in 'scared afraid terrified frightened petrified'.split()},
    **{w: ('fear', 'nervousness') for w in 'worried anxious nervous tense uneasy panicky on~edge'.split()},
    **{w: ('sadness', 'sadness') for w in 'sad depressed miserable unhappy lonely heartbroken hopeless down gloomy devastated hurt'.split()},
    **{w: ('sadness', 'disappointment') for w in 'disappointed let~down discouraged'.split()},
    **{w: ('sadness', 'remorse') for w in 'guilty ashamed'.split()},
    **{w: ('sadness', 'embarrassment') for w in 'embarrassed humiliated'.split()},
    **{w: ('disgust', 'disgust') for w in 'disgusted repulsed revolted grossed~out sickened'.split()},
    **{w: ('surprise', 'surprise') for w in 'surprised shocked astonished stunned startled amazed'.split()},
    **{w: ('happiness', 'joy') for w in 'happy glad joyful delighted cheerful content pleased'.split()},
    **{w: ('happiness', 'excitement') for w in 'excited thrilled'.split()},
    **{w: ('happiness', label) for w, label in {'proud': 'pride', 'relieved': 'relief', 'grateful': 'gratitude', 'hopeful': 'optimism'}.items()},
}
NOUNS = {
    **{w: ('anger', 'anger') for w in 'anger rage resentment hatred fury'.split()},
    **{w: ('fear', 'fear') for w in 'fear panic anxiety terror dread'.split()},
    **{w: ('sadness', 'sadness') for w in 'sadness grief sorrow pain loneliness despair'.split()},
    **{w: ('sadness', 'remorse') for w in 'guilt shame regret'.split()},
    **{w: ('disgust', 'disgust') for w in 'disgust contempt'.split()},
    **{w: ('happiness', 'joy') for w in 'joy happiness pleasure excitement hope love pride'.split()},
}
VERBS = {
    **{w: ('anger', 'anger') for w in 'hate resent despise blame'.split()},
    **{w: ('fear', 'fear') for w in 'fear dread'.split()},
    **{w: ('sadness', 'remorse') for w in 'regret'.split()},
    **{w: ('happiness', 'love') for w in 'love adore like enjoy'.split()},
}
THINGS = {
    **{w: ('fear', 'fear') for w in 'scary terrifying frightening creepy'.split()},
    **{w: ('disgust', 'disgust') for w in 'disgusting gross revolting nasty'.split()},
    **{w: ('sadness', 'sadness') for w in 'sad depressing tragic heartbreaking'.split()},
    **{w: ('anger', 'annoyance') for w in 'annoying infuriating irritating maddening'.split()},
    **{w: ('surprise', 'surprise') for w in 'surprising shocking astonishing'.split()},
    **{w: ('happiness', 'joy') for w in 'funny wonderful exciting amazing great lovely fun'.split()},
}
LISTS = {
    'who': ['you', 'him', 'her', 'them', 'my brother', 'my mother', 'anyone', 'my boss', 'the doctor', 'my ex', 'my daughter'],
    'about': ['about it', 'about that', 'about this', 'about yesterday', 'about what happened', 'about the exam', 'about the move', 'about the letter', 'about the money'],
    'since': ['since the divorce', 'since last year', 'these days', 'lately', 'since you left', 'since the accident', 'in years', 'for months'],
    'because': ['because you didn\'t call', 'because nobody told me', 'because it never stops', 'because I can\'t find it', 'and I can\'t sleep', 'and nobody cares', 'that you\'re not here',
                'because it won\'t work', 'and I don\'t know why', 'because he never listens', 'because it isn\'t fair', 'because they said no', 'and I can\'t stop crying'],
    'glad': ['because you\'re not hurt', 'that it isn\'t raining', 'because nobody got lost', 'that I didn\'t give up', 'and I can\'t stop smiling', 'that it\'s not over yet',
             'because we never had to wait', 'that you didn\'t forget', 'because they didn\'t say no'],
    'calm': ['just thinking', 'just busy', 'I just want to understand', 'it\'s just new to me', 'I only asked', 'I just need time', 'that\'s all', 'let\'s go on', 'just listening'],
    'praise': ['Great', 'Oh great', 'Wonderful', 'Oh wonderful', 'Fantastic', 'Just perfect', 'Perfect', 'Lovely', 'Brilliant', 'Oh, how nice', 'Just what I needed', 'Awesome', 'Oh joy',
               'Well, that\'s just great', 'Yay', 'Super', 'Terrific', 'Thanks a lot', 'What a lovely day', 'Marvellous', 'Nice', 'Excellent'],
    'mishap': ['another flat tyre', 'my phone died again', 'the train is late again', 'he forgot my birthday again', 'another bill', 'the printer is broken again', 'I locked myself out',
               'it\'s raining and I have no umbrella', 'my boss wants me in on Sunday', 'the wifi is down again', 'they lost my luggage', 'I spilled coffee on my shirt', 'another meeting at six',
               'the car won\'t start', 'I missed the last bus', 'they cancelled the flight', 'the neighbours are drilling again', 'my computer crashed before I saved', 'another parking ticket',
               'the milk is sour', 'they overcharged me again', 'nobody washed up again', 'I\'ve been on hold for an hour', 'the heating broke in January', 'I have to start all over again',
               'the dog ate my shoes', 'my order is wrong again', 'no hot water again', 'the lift is out of order', 'he\'s late as usual', 'she cancelled at the last minute', 'traffic for two hours',
               'another rejection letter', 'my wallet is gone', 'I\'m sick on my holiday', 'the deadline is today', 'they changed the password again', 'it broke after one day'],
    'manner': ['talking over me', 'being ignored', 'waiting for hours', 'being woken at five', 'when nobody listens', 'paying for other people\'s mistakes', 'getting blamed for everything',
               'being lied to', 'when they lose my papers', 'explaining the same thing ten times', 'working for nothing', 'when you walk away while I\'m talking'],
    'luck': ['we got the tickets', 'the sun is out', 'you passed the exam', 'the baby is healthy', 'they fixed it', 'we won', 'she said yes', 'you\'re here', 'dinner is ready', 'I got the job',
             'the pain is gone', 'we can stay another week', 'the test came back fine', 'it works now', 'he called back', 'you remembered', 'the flight is on time', 'they found the keys',
             'everything went well', 'we have a day off tomorrow'],
    'open': ['', '', '', '', '', 'Well, ', 'Honestly, ', 'To be honest, ', 'You know, ', 'I mean, ', 'Look, ', 'No, ', 'Actually, ', 'I think ', 'And '],
    'close': ['', '', '.', '.', '.', '!', ' right now.', ', you know.', ' to be honest.', ', really.', ' at the moment.', ', I think.'],
    'state': ['I\'m', 'I am', 'I\'m', 'we\'re', 'I feel', 'I was', 'I felt'],
    'isnt': ['I\'m not', 'I am not', 'im not', 'I wasn\'t', 'I don\'t feel', 'I didn\'t feel', 'we\'re not', 'I\'m really not', 'I haven\'t been', 'I\'m not even', 'I never felt', 'I was never', 'he isn\'t',
             'she wasn\'t', 'my mother isn\'t', 'they aren\'t', 'nobody is', 'I\'m not at all', 'I\'m not one bit'],
    'better': ['now I\'m fine', 'that\'s over', 'not any more', 'but not now', 'but that has passed', 'these days I\'m all right', 'but I got over it', 'but I let it go', 'and then it stopped'],
    'thing': ['it', 'that', 'this', 'the film', 'the place', 'the story', 'the food', 'the way he talks', 'the plan', 'her voice'],
    'object': ['you', 'him', 'her', 'them', 'my father', 'my job', 'this place', 'Mondays', 'the noise', 'that decision', 'what I did', 'my life', 'the dark', 'going there'],
}

DENIED = ['{isnt} {a}', '{isnt} {a} {about}', 'I\'m not {a}, {calm}', 'It\'s not that I\'m {a}, {calm}', 'It doesn\'t make me {a}', 'I don\'t get {a} {about}', 'I see no reason to be {a}',
          'I\'m not the least bit {a}', 'I am neither {a} nor upset', 'That didn\'t make me {a}', 'I\'m not {a} any of the time', 'Who says I\'m {a}? I\'m not', 'I never said I was {a}', 'Am I {a}? No',
          'I don\'t think I\'m {a}', 'I don\'t think I was {a}', 'Nothing about it makes me {a}', 'There\'s nothing to be {a} about', 'I wouldn\'t be {a} {about}', 'I won\'t be {a}, {calm}',
          'I thought I would be {a}, but I wasn\'t', 'You think I\'m {a}, but I\'m not', 'She thought I was {a}, but {calm}', 'I can talk about it without being {a}']
SOOTHING = ['Don\'t be {a}', 'You don\'t have to be {a}', 'There\'s no need to be {a}', 'Please don\'t be {a}', 'Try not to be {a}', 'No reason to be {a}, we have time']
DENIED_NOUNS = ['I feel no {n}', 'There is no {n} in me', 'I don\'t feel any {n}', 'I have no {n} left for {who}', 'I said it without {n}', 'It wasn\'t {n}, {calm}', 'I\'m not full of {n}', 'I don\'t carry any {n}']
DENIED_VERBS = ['I don\'t {v} {object}', 'I didn\'t {v} {object}', 'I never did {v} {object}', 'I do not {v} {object}', 'It\'s not that I {v} {object}', 'I can\'t say that I {v} {object}', 'We don\'t {v} {object}']
DENIED_THINGS = ['{thing} isn\'t {t}', '{thing} wasn\'t {t} at all', 'I don\'t think {thing} is {t}', 'I don\'t find {thing} {t}', '{thing} is not {t}', 'What\'s {t} about that? Nothing']
ENDED = ['I used to be {a}, {better}', 'I\'m no longer {a}', 'I\'m not {a} any more', 'I am not {a} anymore', 'I was {a} once, {better}', 'I stopped being {a} years ago', 'I was {a} for a long time, {better}',
         'I no longer feel {a}', 'I don\'t feel {a} any longer', 'Back then I was {a}, {better}', 'I\'ve stopped being {a} {about}', 'I was so {a} in the beginning, {better}', 'The days when I was {a} are over']
ENDED_NOUNS = ['The {n} is gone', 'I got over the {n}', 'My {n} has faded', 'There used to be a lot of {n}, {better}', 'I have let go of the {n}', 'The {n} left me', 'I feel no more {n}']
WISHED = ['I wish I was {a}', 'I wish I were {a} again', 'If only I could be {a}', 'I just want to be {a}', 'I want to be {a} for once', 'I\'d give anything to feel {a}', 'I wish I could feel {a}',
          'I wish you were {a} with me', 'I only ever wanted to be {a}', 'I\'d love to be {a} again', 'How I wish I was {a} {about}', 'I wish somebody made me {a}', 'If I could just be {a} one day']
WISHED_AWAY = ['I wish I wasn\'t so {a}', 'I wish I weren\'t {a} all the time', 'If only I wasn\'t {a}', 'I don\'t want to be {a} any more', 'I wish I could stop being {a}', 'I\'d give anything not to feel {a}',
               'I hope I won\'t be this {a} for ever', 'I wish it didn\'t make me so {a}', 'How can I stop being {a}?', 'I\'m tired of being {a}']
SUPPOSED = ['If I were {a}, you\'d know', 'If I was {a} I would say so', 'I\'d be {a} if that happened', 'In your place I would be {a}', 'I would have been {a} in the old days', 'Suppose I were {a}', 'I could understand it if you were {a}',
            'Somebody else might be {a} now', 'You might expect me to be {a}', 'Had I known, I would have been {a}', 'Tell me if you get {a}', 'When people are {a} they shout', 'If he gets {a}, call me', 'I\'d only be {a} if you lied',
            'Other people would be {a} {about}', 'Imagine I was {a}']
MISSED_ONES = ['Nothing makes me {a} any more', 'I can\'t remember the last time I was {a}', 'I miss being {a}', 'I\'ve forgotten how to be {a}', 'I can\'t be {a} {since}', 'I haven\'t been {a} {since}', 'Why can\'t I be {a}?',
               'I don\'t know what being {a} feels like', 'Nobody has ever made me {a}', 'I am never {a} {since}', 'I don\'t think I\'ll ever be {a} again', 'I was {a} before all this', 'Everyone is {a} except me',
               'I should be {a} but I feel nothing', 'I pretend to be {a}', 'I smile, but I\'m not {a}']
MISSED_NOUNS = ['I don\'t feel any {n}', 'There\'s no {n} in my life', 'I can\'t find any {n} in it', 'I get no {n} out of anything {since}', 'I have no {n} left', 'All the {n} is gone', 'I miss the {n}', 'What happened to the {n} we had?',
                'I don\'t know what {n} is any more', 'Without {n} it\'s just work']
DOUBLED = ['I can\'t say I\'m {a}', 'I wouldn\'t say I\'m {a}', 'It\'s not as if I were {a}', 'I\'m hardly {a}', 'I\'m not exactly {a}', 'I can\'t claim to be {a}', 'I wouldn\'t call myself {a}', 'I\'m scarcely {a} {about}', 'It\'s not like I\'m {a}']
FINE_AFTER_ALL = ['I\'m not un{p}', 'That\'s not bad at all', 'It isn\'t bad, really', 'I can\'t complain', 'I\'m not doing badly', 'It wasn\'t the worst day', 'I have nothing against it', 'It could be worse', 'Not too bad, thanks',
                  'I wouldn\'t say no to that', 'It\'s not without its charm', 'I don\'t mind at all']
STRENGTHENED = ['I\'ve never been so {a}', 'I have never been this {a} in my life', 'I couldn\'t be more {a}', 'I don\'t think I\'ve ever been so {a}', 'I can\'t tell you how {a} I am', 'How could I not be {a}?', 'Why wouldn\'t I be {a}?',
                'You have no idea how {a} I am', 'I can\'t help being {a}', 'I can\'t stop being {a}', 'Nobody was more {a} than me', 'I\'m not just {a}, I\'m {b}', 'I\'m not {a}, I\'m absolutely {b}', 'Not only am I {a}, I\'m {b}',
                'No one has ever made me so {a}', 'I don\'t know when I was last this {a}', 'Never before was I so {a} {about}', 'I can\'t believe how {a} I am', 'It\'s impossible not to be {a}', 'Of course I\'m {a}, wouldn\'t you be?']
PLAIN = ['{state} {a}', '{state} so {a}', '{state} really {a}', '{state} very {a} {about}', '{state} {a} {about}', 'I\'m {a} {because}', 'I was {a} {because}', 'I\'m so {a} {because}', 'I still feel {a}', 'It makes me {a}', 'I get so {a}',
         'I\'m {a} and I know it', 'I am just {a}', 'Yes, I\'m {a}', 'I\'m still {a}', 'That made me really {a}', 'I\'ve been {a} all day', 'I can\'t talk about it, I\'m too {a}', 'It isn\'t easy, I\'m {a}', 'I don\'t know what to do, I\'m so {a}']
PLAIN_VERBS = ['I {v} {object}', 'I really {v} {object}', 'I still {v} {object}', 'You don\'t know how much I {v} {object}', 'I can\'t help it, I {v} {object}']
PLAIN_THINGS = ['{thing} is {t}', '{thing} was so {t}', '{thing} is really {t}, isn\'t it', 'I think {thing} is {t}', 'I can\'t believe how {t} {thing} was', 'How {t}!']
PLAIN_NOUNS = ['I feel so much {n}', 'I\'m full of {n}', 'All I feel is {n}', 'There\'s so much {n} in me']

FINE_OF = {
    'denied': {'neutral': 0.55, 'approval': 0.12, 'disapproval': 0.12}, 'denied good': {'disapproval': 0.4, 'disappointment': 0.4, 'sadness': 0.2}, 'soothing': {'caring': 0.75},
    'ended': {'relief': 0.45, 'neutral': 0.35, 'approval': 0.15}, 'ended good': {'sadness': 0.6, 'disappointment': 0.35}, 'wished': {'desire': 0.6, 'sadness': 0.45},
    'supposed': {'neutral': 0.6}, 'missed': {'sadness': 0.7, 'disappointment': 0.3}, 'doubled': {'neutral': 0.5, 'disapproval': 0.15}, 'fine': {'approval': 0.4, 'neutral': 0.4},
    'ironic': {'annoyance': 0.65, 'disappointment': 0.25, 'anger': 0.2}, 'luck': {'joy': 0.6, 'excitement': 0.3},
}


def english(count: int, seed: int = 71) -> list[Said]:
    make = Maker(seed, LISTS)
    rng = make.rng
    spaced = lambda word: word.replace('~', ' ')

    def sentence(template: str, **words: str) -> str:
        said = make.fill(template, **{k: spaced(w) for k, w in words.items()})
        before, after = make.fill('{open}'), make.fill('{close}')
        if before and not said.startswith(('I ', 'I\'')):
            said = said[0].lower() + said[1:]
        text = before + said + ('' if said[-1] in '.!?' else after)
        return text[0].upper() + text[1:] if rng.random() < 0.8 else text

    def of(table: dict, good: bool | None = None) -> tuple[str, str, str]:
        word = rng.choice([w for w, (c, _) in table.items() if good is None or (c == 'happiness') == good])
        return word, *table[word]

    def bad(table: dict) -> tuple[str, str, str]:
        word = rng.choice([w for w, (c, _) in table.items() if c in NEGATIVE or c == 'surprise'])
        return word, *table[word]

    def named(templates: list[str], slot: str, table: dict, reading, kind: str, good: bool | None, valence: float | None, gone: bool = True) -> Said:
        word, category, fine = bad(table) if good is False else of(table, good)
        text = sentence(rng.choice(templates), **{slot: word})
        label = {**FINE_OF[kind], **({fine: 0.15} if fine not in FINE_OF[kind] else {})}
        return Said(text, reading(category) if callable(reading) else reading, label, valence, (category,) if gone else ())

    def as_it_says(templates: list[str], slot: str, table: dict) -> Said:
        word, category, fine = of(table)
        more = [w for w, (c, _) in table.items() if c == category and w != word]
        template = rng.choice(templates)
        lists = {'because': rng.choice(LISTS['glad'])} if category == 'happiness' else {}
        return Said(sentence(template, **{slot: word}, b=rng.choice(more or [word]), **lists), plain(category), {fine: 0.85})

    def ironic() -> Said:
        text = rng.choice(['{praise}, {mishap}', '{praise}! {mishap}', '{praise}. {mishap}', '{praise}... {mishap}', 'I just love {manner}', 'I do love {manner}', 'Don\'t you just love {manner}',
                           'Lucky me, {mishap}', 'Today is going really well: {mishap}', 'And of course {mishap}, how wonderful'])
        return Said(sentence(text), IRONIC, FINE_OF['ironic'], -0.2, ('happiness',))

    def lucky() -> Said:
        return Said(sentence(rng.choice(['{praise}, {luck}', '{praise}! {luck}', '{praise}. {luck}', 'Lucky me, {luck}', 'And now {luck}, how wonderful'])), plain('happiness'), FINE_OF['luck'], 0.3)

    kinds = [
        (16, lambda: named(DENIED, 'a', ADJECTIVES, denied, 'denied', False, 0.03)),
        (4, lambda: named(DENIED, 'a', ADJECTIVES, denied, 'denied good', True, -0.2)),
        (2, lambda: named(SOOTHING, 'a', ADJECTIVES, {'neutral': 0.5, 'happiness': 0.4}, 'soothing', False, 0.1)),
        (3, lambda: named(DENIED_NOUNS, 'n', NOUNS, denied, 'denied', False, 0.03)),
        (4, lambda: named(DENIED_VERBS, 'v', VERBS, denied, 'denied', False, 0.03)),
        (1, lambda: named(DENIED_VERBS, 'v', VERBS, denied, 'denied good', True, -0.15)),
        (3, lambda: named(DENIED_THINGS, 't', THINGS, denied, 'denied', False, 0.03)),
        (2, lambda: named(DENIED_THINGS, 't', THINGS, denied, 'denied good', True, -0.15)),
        (9, lambda: named(ENDED, 'a', ADJECTIVES, ended, 'ended', False, 0.1)),
        (3, lambda: named(ENDED, 'a', ADJECTIVES, ended, 'ended good', True, -0.2)),
        (2, lambda: named(ENDED_NOUNS, 'n', NOUNS, ended, 'ended', False, 0.1)),
        (1, lambda: named(ENDED_NOUNS, 'n', NOUNS, ended, 'ended good', True, -0.2)),
        (8, lambda: named(WISHED, 'a', ADJECTIVES, wished, 'wished', True, -0.1)),
        (5, lambda: named(WISHED_AWAY, 'a', ADJECTIVES, wished, 'wished', False, -0.2, False)),
        (7, lambda: named(SUPPOSED, 'a', ADJECTIVES, supposed, 'supposed', None, 0.0)),
        (8, lambda: named(MISSED_ONES, 'a', ADJECTIVES, MISSED, 'missed', True, -0.3)),
        (4, lambda: named(MISSED_NOUNS, 'n', NOUNS, MISSED, 'missed', True, -0.3)),
        (5, lambda: named(DOUBLED, 'a', ADJECTIVES, doubled, 'doubled', False, 0.0)),
        (2, lambda: named(DOUBLED, 'a', ADJECTIVES, doubled, 'denied good', True, -0.15)),
        (2, lambda: Said(sentence(rng.choice(FINE_AFTER_ALL), p=rng.choice(['happy', 'grateful', 'kind'])), {'neutral': 0.5, 'happiness': 0.45}, FINE_OF['fine'], 0.1)),
        (10, lambda: as_it_says(STRENGTHENED, 'a', ADJECTIVES)),
        (16, lambda: as_it_says(PLAIN, 'a', ADJECTIVES)),
        (4, lambda: as_it_says(PLAIN_VERBS, 'v', VERBS)),
        (4, lambda: as_it_says(PLAIN_THINGS, 't', THINGS)),
        (2, lambda: as_it_says(PLAIN_NOUNS, 'n', NOUNS)),
        (12, ironic),
        (8, lucky),
    ]
    found = {}
    while len(found) < count:
        said = rng.choices([k for _, k in kinds], [w for w, _ in kinds])[0]()
        found.setdefault(said.text, said)
    return list(found.values())
