/** What a transcript format cannot hold, in Chinese; # stands for the number. */
import type { LossCode } from '#contract/transcript/formats.ts';

export const zhLosses: Readonly<Record<LossCode, string>> = {
  utterances: '# 句会被略去或合并',
  text: '# 句的文字会改变（换行、控制字符）',
  times: '# 句的起止时间会改变',
  speakers: '# 句的说话人名称会改变、略去，或与同名者合并',
  words: '# 句中各词自己的时间会略去或改变',
  'word-confidence': '# 个词的置信度会略去',
  confidence: '# 句的置信度会略去',
  channels: '# 位说话人的声道会略去',
  roles: '# 位说话人的角色或颜色会略去',
  events: '# 个事件（笑、沉默、多人同时说话等）会略去或改变',
  language: '语言会略去',
  origin: '文字是否由识别得来、用的什么识别器，会略去',
};
