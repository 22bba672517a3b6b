"""A weight for every run of letters that says how much it speaks against English: models/text/foreign-weights.json.

A logistic regression of "not English" on hashed runs of letters and whole words. English: GoEmotions and EmoBank (their train parts, stretches of 1 to 8 words) and wordfreq's
English words. Not English: words drawn by their frequency (wordfreq, languages of the Latin script), stopwords-iso for three languages that wordfreq hasn't, and words of six
languages of other scripts romanised. No corpus of sentences in those languages is needed: no feature goes beyond a word.

    pip install numpy==2.4.6 scipy==1.17.1 wordfreq==3.1.1 pypinyin==0.55.0; npm pack stopwords-iso@1.1.0
    python languages.py --text ../shared/data/text --stopwords stopwords-iso.json --out models/text/foreign-weights.json
"""

import argparse
import base64
import csv
import functools
import itertools
import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse
import wordfreq
from pypinyin import lazy_pinyin

BUCKETS = 1 << 15
SEED = 20
LONGEST_RUN = 4
SENTENCES = 2500  # a language
MOST_WORDS = 8
ENGLISH_WEIGHT = 8.0  # an English row counts this much: calling English foreign costs its answer
PENALTY = 0.6

LANGUAGES = 'ca cs da de es fi fil fr hu id is it lt lv ms nb nl pl pt ro sh sk sl sv tr vi'.split()
ONLY_STOPWORDS = 'af et sw'.split()  # no frequencies: drawn evenly
WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:'[^\W\d_]+)*")

CYRILLIC = dict(zip('абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ', 'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya yo i yi ye g'.split()))
KANA = dict(zip(
    'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ',
    'a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa wo n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po'.split()))
DEVANAGARI = dict(zip('कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह', 'k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h'.split()))
VOWELS = dict(zip('अआइईउऊऋएऐओऔ', 'a aa i ee u oo ri e ai o au'.split()))
SIGNS = dict(zip('ािीुूृेैोौ', 'a i i u u ri e ai o au'.split()))
# How people write the commonest words of talk in Latin letters where a table of letters doesn't lead there.
BY_HAND = {
    'ja': 'watashi boku ore anata kimi kare kanojo wa ga wo ni de to mo no ka ne yo desu da masu masen mashita deshita hai iie sou nani naze doushite doko itsu dare ima kyou ashita kinou '
          'totemo sugoi ureshii kanashii kowai tanoshii samui daisuki daikirai kirai suki hontou arigatou gozaimasu gomen nasai sumimasen konnichiwa ohayou sayonara onegai shimasu kudasai '
          'tabemasu ikimasu wakarimasen wakatta shiranai dame ikenai mou mada zettai taihen daijoubu tomodachi kazoku okaasan otousan inu neko hito mono koto toki jikan shigoto gakkou',
    'hi': 'main mai mein hum tum aap tu woh yeh ye hai hain hoon hun ho tha thi the nahi nahin mat kya kyun kyon kaise kahan kab kaun bahut bohot accha acha theek thik yaar bhai dost aaj kal abhi '
          'mujhe mujhko tumhe usko mera meri mere tera teri tumhara apna ka ki ke ko se par aur lekin phir bhi sirf sab kuch koi raha rahi rahe gaya gayi gaye kar karo karta karti dar lag khush dukhi '
          'pyar dil zindagi ghar paani khana baat log din raat achha bura gussa dard haan ji namaste shukriya dhanyavad',
    'ar': 'ana enta inta enti inti howa hiya ehna ento homma mish mesh msh mafi fi ma la leh lesh eih eh shu kif keef izzayak kefak wen feen emta men min ala ya yalla wallah inshallah habibi '
          'habibti khalas aywa bas awi giddan kteer ktir shwaya ahlan marhaba shukran afwan sabah kheir delwa2ti el3ab sa3eed za3lan kwayes kwayyes 3ala 3arab ba7ebak b7ebak bahebak mabsoot za3lana '
          'hada hadi da di bukra embareh naharda kol kul lazem 3ayez 3awez biddi bidi akal mama baba akhi okhti',
    'ko': 'annyeong annyeonghaseyo gamsahamnida saranghae mianhae jinjja aniyo anya ne eung wae mwo eodi nugu eonje jeo naneun neoneun uri oneul naeil eoje neomu aju jeongmal johayo silheo sireo '
          'haengbokhae haengbokhaeyo seulpeo museowo baegopa hwaga nada isseo eopseo gwaenchana bogosipeo hae haeyo hajima chingu eomma appa oppa unnie hyung noona',
    'ru': 'ya ty on ona my vy oni menya tebya mne tebe ego ee nas vas chto kak pochemu zachem kogda gde kto eto net da ne ochen khorosho plokho segodnya zavtra vchera lyublyu nenavizhu spasibo '
          'privet poka pozhaluysta grustno strashno schastliv ustal mozhno nado khochu budu byl byla vsyo nichego tolko uzhe yeshche potomu',
    'zh': 'wo ni ta women nimen tamen de le ma ne ba a bu mei shi you zai hen tai dou ye jiu hai zhe na shenme zenme weishenme nali shei xianzai jintian mingtian zuotian gaoxing kaixin nanguo shengqi '
          'haipa taoyan xihuan ai xiang yao hui neng keyi xiexie duibuqi meiguanxi nihao zaijian pengyou mama baba gege jiejie laoshi',
}

# Loans, names and talk that frequencies of writing count too low or among other languages.
ENGLISH_BY_HAND = (
    'résumé|déjà vu|fiancé|fiancée|café|naïve|touché|voilà|cliché|crème brûlée|à la carte|façade|protégé|décor|entrée|soufflé|jalapeño|piñata|señor|über|doppelgänger|angst|et cetera|per se|'
    'vice versa|ad hoc|bona fide|status quo|la la la|ta-da|ta da|na na na|da da da|oo oo|ho ho ho|ha ha ha|he he|hee hee|hoo hoo|uh huh|mm hmm|mmhm|aha|ooh|ahh|ohh|ugh|eww|argh|grr|brr|'
    'yo|sup|kek|yolo|vlog|hbu|arvo|finna|tryna|pog|sorta|obvs|doh|nah|meh|welp|yeet|sus|bae|lit|tbh|smh|idk|ikr|imo|imho|omw|wyd|rofl|lmfao|lmao|xd|jk|gg|ez|pls|plz|thx|ty|np|bruh|'
    'vroom|meow|achoo|psst|shh|tsk|zzz|boo hoo|yabba dabba doo|bada bing|oy vey|mazel tov|cha cha cha|la di da|espresso|latte|taco|burrito|sushi|tofu|manga|anime|ninja|karate|yoga|mama|papa|nana|'
    'siobhan|priya|rajesh|dmitri|svetlana|hiroshi|yuki|kenji|wei|mei|josé|juan|pablo|sofia|giovanni|luca|marco|chloé|zoë|renée|françois|pierre|björn|lars|ingrid|kowalski|nowak|ahmed|mohammed|'
    'fatima|aisha|ibrahim|nguyen|minh|kim|park|chen|wang|singh|patel|sanjay|ravi|anjali|kofi|amara|chidi|olu|ivan|olga|natasha|boris|tatiana|miguel|carlos|diego|maria|ana|joão|paulo|tokyo|'
    'kyoto|kraków|warsaw|zürich|são paulo|málaga|ljubljana|reykjavik|istanbul|jakarta|nairobi|bogotá|cancún').split('|')
ENGLISH_BY_HAND_TIMES = 12


@functools.cache
def frequencies(language: str) -> dict[str, float]:
    return wordfreq.get_frequency_dict(language)


def most_frequent(language: str, count: int) -> list[str]:
    return list(itertools.islice(frequencies(language), count))  # it lists them by frequency


def romanised(language: str) -> dict[str, float]:
    """Words in Latin letters with their frequency; the ones by hand count for half of all."""
    words: dict[str, float] = {}
    for word in most_frequent(language, 6000) if language in LETTERS else []:
        latin = LETTERS[language](word)
        for part in latin.split():
            words[part] = words.get(part, 0) + frequencies(language)[word]
    total = sum(words.values()) or 1
    by_hand = BY_HAND[language].split()
    for word in by_hand:
        words[word] = words.get(word, 0) + total / len(by_hand)
    return words


def cyrillic(word: str) -> str:
    return ''.join(CYRILLIC.get(c, '') for c in word).replace('_', '')


def kana(word: str) -> str:
    out = ''
    for c in word:
        latin = KANA.get(chr(ord(c) - 0x60) if 'ァ' <= c <= 'ヶ' else c)
        small = {'ゃ': 'ya', 'ゅ': 'yu', 'ょ': 'yo'}.get(c)
        if small:
            out = (out[:-1] + (small[1:] if out.endswith(('shi', 'chi', 'ji')) else small)) if out else ''
        elif c == 'っ':
            out += '*'
        elif latin is None:
            return ''
        else:
            out = out[:-1] + latin[0] + latin if out.endswith('*') else out + latin
    return out.replace('*', '') if len(out) > 1 else ''


def devanagari(word: str) -> str:
    out = ''
    for i, c in enumerate(word):
        if c in DEVANAGARI:
            after = word[i + 1] if i + 1 < len(word) else ''
            out += DEVANAGARI[c] + ('' if after in SIGNS or after in ('्', '') else 'a')
        else:
            out += VOWELS.get(c) or SIGNS.get(c) or ('n' if c in 'ंँ' else '')
    return out


def hangul(word: str) -> str:
    first = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split()
    middle = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split()
    last = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split()
    out = ''
    for c in word:
        n = ord(c) - 0xAC00
        if not 0 <= n < 11172:
            return ''
        out += first[n // 588] + middle[n % 588 // 28] + last[n % 28]
    return out.replace('-', '')


def pinyin(word: str) -> str:
    parts = lazy_pinyin(word)
    return ' '.join(parts) if all(re.fullmatch('[a-zü]+', p) for p in parts) else ''


LETTERS = {'ru': cyrillic, 'ja': kana, 'hi': devanagari, 'ko': hangul, 'zh': pinyin}


def lexicon(language: str) -> tuple[list[str], np.ndarray]:
    """A language's words with the odds of each; words that English has more of are English among it."""
    words = romanised(language) if language in BY_HAND else {w: frequencies(language)[w] for w in most_frequent(language, 30000)}
    total = sum(words.values())
    kept = {w: f / total for w, f in words.items() if WORD.fullmatch(w) and f / total > frequencies('en').get(w, 0)}
    odds = np.array(list(kept.values())) ** 0.8  # rarer words a little oftener than they are, for more runs of letters
    return list(kept), odds / odds.sum()


def plain(word: str) -> str:
    """As people type without the marks."""
    return ''.join(c for c in unicodedata.normalize('NFD', word) if not unicodedata.combining(c))


def runs_of(word: str) -> list[str]:
    """As models/text/foreign.ts makes them."""
    padded = f' {word} '
    return [f'={word}'] + [padded[i:i + n] for n in range(1, LONGEST_RUN + 1) for i in range(len(padded) - n + 1) if padded[i:i + n] != ' ']


def bucket(run: str) -> int:
    value = 0x811C9DC5
    for c in run:
        value = ((value ^ ord(c)) * 0x01000193) & 0xFFFFFFFF
    return value % BUCKETS


known: dict[str, list[int]] = {}


def buckets_of(word: str) -> list[int]:
    if word not in known:
        known[word] = [bucket(run) for run in runs_of(word)]
    return known[word]


def english(text: Path, rng: np.random.Generator) -> list[list[str]]:
    sentences = [line.split('\t')[0] for line in (text / 'goemotions/train.tsv').read_text('utf8').splitlines()]
    with (text / 'emobank/emobank.csv').open(encoding='utf8') as file:
        sentences += [row['text'] for row in csv.DictReader(file) if row['split'] == 'train']
    rows = []
    for sentence in sentences:
        words = WORD.findall(sentence.replace('’', "'").replace('[NAME]', ' ').lower())
        for _ in range(2 if words else 0):
            length = int(rng.integers(1, MOST_WORDS + 1))
            start = int(rng.integers(0, max(1, len(words) - length + 1)))
            rows.append(words[start:start + length])
        rows.append(words)
    common = [w for w in most_frequent('en', 30000) if WORD.fullmatch(w) and w.isascii()]
    by_hand = [WORD.findall(phrase) for phrase in ENGLISH_BY_HAND] * ENGLISH_BY_HAND_TIMES
    return [r for r in rows if r] + [[w] for w in common + common[:10000] * 2] + by_hand


def foreign(stopwords: dict[str, list[str]], rng: np.random.Generator) -> list[list[str]]:
    rows = []
    for language in [*LANGUAGES, *ONLY_STOPWORDS, *BY_HAND]:
        if language in ONLY_STOPWORDS:
            words = [w.lower() for w in stopwords[language] if WORD.fullmatch(w) and frequencies('en').get(w, 0) < 1e-5]
            odds = np.full(len(words), 1 / len(words))
        else:
            words, odds = lexicon(language)
        for _ in range(SENTENCES):
            picked = [words[i] for i in rng.choice(len(words), int(rng.integers(1, MOST_WORDS + 1)), p=odds)]
            rows.append([plain(w) for w in picked] if rng.random() < 0.15 else picked)
        if language not in ONLY_STOPWORDS:
            rows += [[words[i]] for i in np.argsort(-odds)[:2000]]
    return rows


def fit(rows: list[list[str]], label: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    columns = [np.array([b for word in row for b in buckets_of(word)], dtype=np.int32) for row in rows]
    ends = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    x = scipy.sparse.csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(columns), ends), shape=(len(rows), BUCKETS))
    xt = x.T.tocsr()
    sign = np.where(label, 1.0, -1.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ theta[:-1] + theta[-1])
        value = float(weight @ np.logaddexp(0, -margin) + PENALTY * theta[:-1] @ theta[:-1])
        slope = -weight * sign / (1 + np.exp(np.clip(margin, -50, 50)))
        return value, np.append(xt @ slope + 2 * PENALTY * theta[:-1], slope.sum())

    best = scipy.optimize.minimize(loss, np.zeros(BUCKETS + 1), jac=True, method='L-BFGS-B', options={'maxiter': 90})
    print(f'{len(rows)} rows, loss {best.fun:.0f} after {best.nit} steps')
    return best.x[:-1], float(best.x[-1])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument('--text', type=Path, required=True)
    options.add_argument('--stopwords', type=Path, required=True)
    options.add_argument('--out', type=Path, required=True)
    args = options.parse_args()
    rng = np.random.default_rng(SEED)
    ours = english(args.text, rng)
    others = foreign(json.loads(args.stopwords.read_text('utf8')), rng)
    label = np.arange(len(ours) + len(others)) >= len(ours)
    weight = np.where(label, 1.0, ENGLISH_WEIGHT * len(others) / len(ours))
    weights, bias = fit(ours + others, label, weight)
    step = float(np.abs(weights).max()) / 127
    table = np.round(weights / step).astype(np.int8)
    args.out.write_text(json.dumps({'longestRun': LONGEST_RUN, 'step': round(step, 6), 'bias': round(bias, 4), 'weights': base64.b64encode(table.tobytes()).decode()}, indent=2) + '\n')
    print(f'step {step:.4f}, bias {bias:.3f}, {(table != 0).mean():.2f} of the weights are not 0')


if __name__ == '__main__':
    main()
