"""Emoji as words: the vocabulary has none of them, and people say a good part of what they feel with them.

The table travels to the app in the manifest (`settings.emojiWords`), so that training and reading use the same one.
"""

import re

WORDS = {
    'laughing with tears': '😂🤣', 'crying loudly': '😭', 'crying': '😢😿', 'sad': '☹🙁😔😞😟🥺😥', 'weary': '😩😫😓',
    'love': '❤♥💖💕💜💙💛💚💗💓💞💘🖤❣💝🧡🤍😍🥰', 'kiss': '😘😚😙😗💋', 'happy': '😊☺🙂😀😃😄😌😇😸', 'grinning': '😁😆😸',
    'angry': '😡😠👿', 'swearing in anger': '🤬💢🖕', 'annoyed': '😤😒🙄😑', 'neutral': '😐😶', 'thinking': '🤔🧐', 'relieved': '😅😪',
    'surprised': '😳😮😯😲🤯', 'scared': '😱😨😰😧😦👻', 'disgusted': '🤢🤮💩', 'sarcastic': '🙃😏', 'worried': '😬😖😣😕',
    'broken heart': '💔', 'thumbs up': '👍👌', 'thumbs down': '👎', 'clapping': '👏🙌', 'praying thanks': '🙏', 'strong': '💪👊✊',
    'celebrating': '🎉🎊🎈🎂🥳💃🕺', 'fire': '🔥💥', 'perfect': '💯👑⭐★🌟✨', 'embarrassed': '🙈🤦🙊', 'winking': '😉😜😝😛😋', 'cool': '😎🤘✌',
    'hug': '🤗', 'sick': '😷🤒🤕', 'sleepy': '😴', 'devil': '😈', 'dead': '💀☠', 'shrugging': '🤷💁', 'nerd': '🤓', 'flowers': '🌹💐🌸',
    'music': '🎶🎵♪🎧', 'silent': '🤐', 'tears of sadness': '💧',
}
EMOJI_WORDS = {emoji: words for words, all_emoji in WORDS.items() for emoji in all_emoji}
SPLIT = re.compile('([' + ''.join(EMOJI_WORDS) + '])')
# Skin tones, variation selectors, joiners and signs of gender say nothing by themselves.
SILENT = re.compile('[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d\u2640\u2642]')


def emoji_to_words(text: str) -> str:
    return SPLIT.sub(lambda m: f' {EMOJI_WORDS[m.group(1)]} ', SILENT.sub('', text))
