"""Chinese sentences for otherwise.py."""

from otherwise import IRONIC, MISSED, NEGATIVE, Maker, Said, denied, doubled, ended, plain, supposed, wished

WORDS = {
    **dict.fromkeys('生气 愤怒 恼火 气愤 烦 烦躁 火大 不耐烦'.split(), 'anger'),
    **dict.fromkeys('害怕 担心 紧张 焦虑 恐惧 慌 不安 怕'.split(), 'fear'),
    **dict.fromkeys('难过 伤心 沮丧 失望 孤独 痛苦 内疚 委屈 绝望 抑郁 心痛 自责 后悔 寂寞 失落'.split(), 'sadness'),
    **dict.fromkeys('恶心 厌恶 反感'.split(), 'disgust'),
    **dict.fromkeys('惊讶 吃惊 意外 震惊'.split(), 'surprise'),
    **dict.fromkeys('开心 高兴 快乐 幸福 兴奋 满意 自豪 欣慰 感动 轻松 愉快 骄傲'.split(), 'happiness'),
}
VERBS = {'恨': 'anger', '讨厌': 'disgust', '怪': 'anger', '怕': 'fear', '嫌弃': 'disgust', '爱': 'happiness', '喜欢': 'happiness'}
LISTS = {
    'who': ['我', '我', '我', '我', '我们', '他', '她', '我妈', '我爸', '孩子'],
    'whom': ['你', '他', '她', '他们', '我妈', '我爸', '这份工作', '这个地方', '自己', '前任', '老板', '同事'],
    'open': ['', '', '', '', '', '其实', '说实话，', '真的，', '老实说，', '我觉得', '嗯，', '没事，', '你知道吗，', '那个，'],
    'close': ['', '', '', '。', '。', '！', '，真的', '，你知道的', '吧', '，就是这样'],
    'calm': ['只是有点累', '只是想弄清楚', '就是在想事情', '我就问问', '只是需要时间', '你继续说吧', '就随便聊聊', '只是不习惯'],
    'because': ['因为你没来', '因为没人告诉我', '因为怎么也找不到', '睡不着觉', '不知道该怎么办', '都没人理我', '他从来不听', '什么都不想做', '说不出话来'],
    'glad': ['因为你没受伤', '因为没有白等', '笑得停不下来', '还好没放弃', '还好没下雨', '说不出话来', '睡不着觉'],
    'since': ['离婚以后', '这几年', '最近', '自从你走了以后', '那件事之后', '好久', '很长时间', '毕业以后'],
    'praise': ['太好了', '真棒', '好极了', '真是太好了', '可真行啊', '厉害了', '真是谢谢你了', '可真好', '完美', '真不错', '哇，真棒', '呵呵，真好', '真是惊喜', '运气真好', '好得很'],
    'mishap': ['又迟到了', '手机又坏了', '又要加班', '又堵车了', '电脑又死机了', '又下雨了还没带伞', '钱包丢了', '老板又改需求了', '又没座位', '外卖又送错了', '又停水了', '航班又取消了', '钥匙锁在屋里了',
               '邻居半夜又装修', '他又忘了我的生日', '刚买的就坏了', '又被放鸽子了', '排了两个小时没买到', '周末又泡汤了', '一大早被吵醒', '又扣我工资', '快递又丢了', '作业白写了', '车又打不着火',
               '客服让我等了一个小时', '又要重新来一遍', '又多一张罚单', '空调大夏天坏了'],
    'luck': ['我们抢到票了', '出太阳了', '你考过了', '孩子很健康', '修好了', '我们赢了', '她答应了', '你来了', '饭好了', '我拿到工作了', '不疼了', '检查结果没问题', '他终于回电话了', '明天放假', '一切顺利',
             '东西找到了', '飞机准点', '奖金发了', '老朋友要来看我', '终于写完了'],
    'better': ['现在好多了', '现在没事了', '都过去了', '后来想通了', '现在已经放下了', '现在不会了'],
    'thing': ['这件事', '这部电影', '他说的话', '这个地方', '那个味道', '这顿饭', '这个消息', '昨天的事'],
}

DENIED = ['{who}不{a}', '{who}没有{a}', '{who}没{a}', '{who}并不{a}', '{who}一点都不{a}', '{who}一点也不{a}', '我不是{a}，{calm}', '我没有{a}，{calm}', '我不觉得{a}', '我哪有{a}', '没什么好{a}的', '我不会{a}的', '这不会让我{a}',
          '我从来没{a}过', '你以为我{a}，其实没有', '我没说我{a}', '谁说我{a}了，我没有', '本来以为会{a}，结果没有', '我看起来{a}吗？没有啊', '我不怎么{a}', '我现在不{a}', '没有人{a}', '我说这些的时候并不{a}']
SOOTHING = ['别{a}了', '不用{a}', '你不要{a}', '不必{a}，我们有时间', '别{a}，有我呢']
DENIED_VERBS = ['我不{v}{whom}', '我没有{v}{whom}', '我从来没{v}过{whom}', '我并不{v}{whom}', '我不是{v}{whom}，{calm}', '谈不上{v}{whom}']
ENDED = ['{who}已经不{a}了', '{who}现在不{a}了', '以前很{a}，{better}', '{who}不再{a}了', '早就不{a}了', '刚开始很{a}，{better}', '那时候真的{a}，{better}', '{a}的日子过去了', '我不会再{a}了', '慢慢就不{a}了', '说出来就不{a}了',
         '曾经{a}过，{better}']
WISHED = ['我希望我能{a}一点', '要是我能{a}就好了', '真想{a}一次', '好想{a}起来', '什么时候才能{a}啊', '我只是想{a}一点', '多想像以前一样{a}', '我也想{a}啊', '如果能{a}一天就好了', '我多希望你能让我{a}', '真羡慕你们这么{a}', '想要{a}怎么这么难']
WISHED_AWAY = ['我不想再{a}了', '要是我没那么{a}就好了', '真希望自己不要这么{a}', '怎么才能不{a}啊', '我好想不再{a}', '但愿我没这么{a}', '什么时候才能不{a}', '我受够了整天{a}']
SUPPOSED = ['如果我{a}，我会告诉你的', '要是换了我，我也会{a}', '假如你{a}，可以跟我说', '我要是{a}，早就走了', '如果是以前，我会很{a}', '别人可能会{a}吧', '要是{a}了就给我打电话', '人{a}的时候会这样', '就算你{a}我也理解',
            '万一他{a}了怎么说', '换成别人早就{a}了']
MISSED_ONES = ['没有什么能让我{a}', '我已经很久没有{a}过了', '怎么也{a}不起来', '我{a}不起来', '再也感觉不到{a}', '我忘了{a}是什么感觉', '曾经很{a}，可是现在没有了', '{since}我就没{a}过', '别人都很{a}，只有我不是', '我笑着，可是我不{a}',
               '我假装很{a}', '不知道怎么才算{a}', '什么事都不能让我{a}了', '以后大概不会再{a}了', '怀念以前{a}的日子', '应该{a}的，可我没有感觉']
DOUBLED = ['说不上{a}', '谈不上{a}', '也不能说{a}', '也不算{a}', '不至于{a}', '还没到{a}的地步', '倒也不{a}', '也没有多{a}']
FINE_AFTER_ALL = ['还不错', '也不差', '没什么不好的', '也还行', '不算太坏', '没什么可抱怨的', '我不是不喜欢', '我并不是不愿意', '也不是不行', '我不反对', '没那么糟']
STRENGTHENED = ['从来没有这么{a}过', '我这辈子没这么{a}过', '不知道有多{a}', '别提多{a}了', '我能不{a}吗', '怎么可能不{a}', '不是{a}，是非常{a}', '忍不住{a}', '不能再{a}了', '没有比这更让人{a}的了', '没有人比我更{a}', '我不光{a}，还{b}',
                '不能不{a}', '说不出的{a}', '你不知道我有多{a}', '要说不{a}那是假的', '我没法不{a}']
PLAIN = ['{who}很{a}', '{who}好{a}', '{who}真的很{a}', '太{a}了', '{who}非常{a}', '{who}还是很{a}', '这让我很{a}', '{a}死了', '{who}有点{a}', '我{a}，{because}', '我很{a}，{because}', '我一整天都很{a}', '是的，我很{a}', '越想越{a}', '我现在特别{a}',
         '不知道怎么说，我很{a}', '没想到会这么{a}', '{who}{a}得不得了', '我不想说话，太{a}了']
PLAIN_VERBS = ['我{v}{whom}', '我真的很{v}{whom}', '我还是{v}{whom}', '你不知道我有多{v}{whom}', '没办法，我就是{v}{whom}']
PLAIN_THINGS = ['{thing}真让人{a}', '{thing}太让我{a}了', '{thing}让人很{a}']
DENIED_THINGS = ['{thing}并没有让我{a}', '{thing}不会让人{a}', '我没觉得{thing}让人{a}', '{thing}没什么好{a}的']


def chinese(count: int, seed: int = 72) -> list[Said]:
    make = Maker(seed, LISTS)
    rng = make.rng

    def sentence(template: str, **words: str) -> str:
        said = make.fill(template, **words)
        return make.fill('{open}') + said + ('' if said[-1] in '。！？' else make.fill('{close}'))

    def named(templates: list[str], slot: str, table: dict, reading, good: bool | None, valence: float, gone: bool = True) -> Said:
        fits = lambda c: good is None or (c == 'happiness' if good else c in NEGATIVE or c == 'surprise')
        word = rng.choice([w for w, c in table.items() if fits(c)])
        category = table[word]
        return Said(sentence(rng.choice(templates), **{slot: word}), reading(category) if callable(reading) else reading, None, valence, (category,) if gone else ())

    def as_it_says(templates: list[str], slot: str, table: dict) -> Said:
        word = rng.choice(list(table))
        more = [w for w, c in table.items() if c == table[word] and w != word] or [word]
        lists = {'because': rng.choice(LISTS['glad'])} if table[word] == 'happiness' else {}
        return Said(sentence(rng.choice(templates), **{slot: word}, b=rng.choice(more), **lists), plain(table[word]))

    kinds = [
        (18, lambda: named(DENIED, 'a', WORDS, denied, False, 0.05)),
        (5, lambda: named(DENIED, 'a', WORDS, denied, True, -0.25)),
        (2, lambda: named(SOOTHING, 'a', WORDS, {'neutral': 0.5, 'happiness': 0.4}, False, 0.15)),
        (4, lambda: named(DENIED_VERBS, 'v', VERBS, denied, False, 0.05)),
        (2, lambda: named(DENIED_VERBS, 'v', VERBS, denied, True, -0.2)),
        (3, lambda: named(DENIED_THINGS, 'a', WORDS, denied, False, 0.0)),
        (10, lambda: named(ENDED, 'a', WORDS, ended, False, 0.15)),
        (4, lambda: named(ENDED, 'a', WORDS, ended, True, -0.3)),
        (9, lambda: named(WISHED, 'a', WORDS, wished, True, -0.15)),
        (5, lambda: named(WISHED_AWAY, 'a', WORDS, wished, False, -0.3, False)),
        (7, lambda: named(SUPPOSED, 'a', WORDS, supposed, None, 0.0)),
        (11, lambda: named(MISSED_ONES, 'a', WORDS, MISSED, True, -0.4)),
        (5, lambda: named(DOUBLED, 'a', WORDS, doubled, False, 0.0)),
        (2, lambda: named(DOUBLED, 'a', WORDS, doubled, True, -0.2)),
        (2, lambda: Said(sentence(rng.choice(FINE_AFTER_ALL)), {'neutral': 0.5, 'happiness': 0.45}, None, 0.15)),
        (10, lambda: as_it_says(STRENGTHENED, 'a', WORDS)),
        (18, lambda: as_it_says(PLAIN, 'a', WORDS)),
        (4, lambda: as_it_says(PLAIN_VERBS, 'v', VERBS)),
        (4, lambda: as_it_says(PLAIN_THINGS, 'a', WORDS)),
        (12, lambda: Said(make.fill(rng.choice(['{praise}，{mishap}', '{praise}！{mishap}', '{praise}，{mishap}。', '{mishap}，{praise}', '{mishap}，{praise}！'])), IRONIC, None, -0.3, ('happiness',))),
        (8, lambda: Said(make.fill(rng.choice(['{praise}，{luck}', '{praise}！{luck}', '{luck}，{praise}！', '{praise}，{luck}！'])), plain('happiness'), None, 0.4)),
    ]
    found: dict[str, Said] = {}
    while len(found) < count:
        said = rng.choices([k for _, k in kinds], [w for w, _ in kinds])[0]()
        found.setdefault(said.text, said)
    return list(found.values())
