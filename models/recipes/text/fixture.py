"""The golden fixture: what the Python side makes of some twenty texts, for the test of the TypeScript side."""

import numpy as np

from metrics import sigmoid, softmax

TEXTS = [
    "I can't believe you did that for me, thank you so much!",
    'i cannot believe you did that for me thank you so much',
    "I'm so sad that my dog died last night.",
    'Get out of my house right now before I call the police!',
    'I heard a noise downstairs and I am terrified.',
    'That is the most disgusting thing I have ever seen.',
    'Wait, what? She is moving to Norway?',
    'The meeting starts at ten on the second floor.',
    'Don’t you dare say “sorry” again…',
    'okay',
    'no',
    'I feel nothing anymore, every day is the same and I do not see the point.',
    'We won!!! Best day ever 😂😂',
    'Naïve café, déjà vu — résumé.',
    'Supercalifragilisticexpialidocious antidisestablishmentarianism',
    '  tabs\tand\nlines   between  ',
    'He said: "It\'s fine." (It was not fine.) [sigh] $5 & 50% #no @all',
    'I used to be angry about it, but now I am just tired and a little relieved that it is over.',
    '我很高兴 but also worried',
    'Well. ' * 60,
]


def fixture(graph, tokenizer, temperature: float) -> dict[str, object]:
    from data import normalise

    rows = []
    for text in TEXTS:
        out = graph([text])
        rows.append(
            {
                'text': text,
                'ids': tokenizer.encode(normalise(text)).ids,
                'probabilities': rounded(softmax(out['category_logits'] / temperature)),
                'fine': rounded(sigmoid(out['fine_logits'])),
                'mean': rounded(out['vad_mean']),
                'sd': rounded(out['vad_sd']),
            }
        )
    return {'rows': rows}


def rounded(values: np.ndarray) -> list[float]:
    return [round(float(x), 6) for x in values[0]]
