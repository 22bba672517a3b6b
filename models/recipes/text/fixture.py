"""The golden fixtures: what the Python side makes of some texts, for the tests of the TypeScript side."""

from data import normalise
from grams import grams

# (text, what was said before, oldest first)
ENGLISH = [
    ("I can't believe you did that for me, thank you so much!", []),
    ('i cannot believe you did that for me thank you so much', []),
    ("I'm so sad that my dog died last night.", []),
    ('Get out of my house right now before I call the police!', []),
    ('I heard a noise downstairs and I am terrified.', []),
    ('That is the most disgusting thing I have ever seen.', []),
    ('Wait, what? She is moving to Norway?', []),
    ('The meeting starts at ten on the second floor.', []),
    ('Don’t you dare say “sorry” again…', []),
    ('okay', []),
    ('no', ['Will you come?', 'I asked you something.']),
    ('no', ['Did you hear? They found her.', 'Alive?', 'Alive and well!', 'You are not joking, are you?']),
    ('I feel nothing anymore, every day is the same and I do not see the point.', []),
    ('We won!!! Best day ever 😂😂', []),
    ('RT @some_one: so &lt;b&gt;angry&lt;/b&gt; &amp; tired 😡🏽 https://example.org/x?y=1 \\n ok', []),
    ('Naïve café, déjà vu — résumé.', []),
    ('Supercalifragilisticexpialidocious antidisestablishmentarianism', []),
    ('  tabs\tand\nlines   between  ', []),
    ('He said: "It\'s fine." (It was not fine.) [sigh] $5 & 50% #no @all', []),
    ('I used to be angry about it, but now I am just tired and a little relieved that it is over.', ['How are you these days?', 'And at home? ' * 40]),
    ('Well. ' * 60, []),
]
CHINESE = [
    ('我今天真的太开心了！', []),
    ('如果她不难过了，天会放晴吗？', []),
    ('你怎么能这样对我？滚出去！', []),
    ('今天给外婆打电话了，心里酸酸暖暖的[爱你][爱你]😭', []),
    ('會議十點在二樓開始。', []),
    ('没有', ['你害怕吗？', '我问你呢。']),
    ('太好了！', ['听说了吗？他们找到她了。', '真的？']),
    ('I 很 happy 因为 we won the game 今天', []),
    ('吓死我了　ＡＢＣ１２３', []),
    ('哈' * 200, []),
]


def fixture(graph, rows, texts: list[tuple[str, list[str]]]) -> dict[str, object]:
    found = []
    for text, context in texts:
        out = graph([(text, context)])
        ids, target = rows.row(normalise(text), [normalise(c) for c in context])
        runs = {'grams': grams(normalise(text), graph.kind)[:40]} if graph.kind else {}
        named = {name: [round(float(x), 5) for x in value[0]] for name, value in out.items() if name != 'pooled'}
        found.append({'text': text, 'context': context, 'normalised': normalise(text), 'ids': ids, 'target': target, **runs, **named})
    return {'rows': found}
