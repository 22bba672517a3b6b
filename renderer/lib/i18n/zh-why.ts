/** 解释的中文措辞。 */
import type { Messages } from './en.ts';
import type { Format } from './format.ts';

export const zhWhy = (f: Format): Messages['why'] => ({
  title: '影响这一判读的因素',
  show: '为什么？',
  hide: '收起',
  towards: '针对',
  eachOnes: '各自的判读',
  spokeFor: (what) => `针对“${what}”`,
  legend:
    '逐一去掉各部分后重新询问模型。+ 表示支持该类别，− 表示不支持；符号越多，作用越强。这里说的是判读的依据，而不是某人为什么这样说或这样做。',
  asking: '正在重新询问模型',
  cancelled: '已取消，其他内容未受影响。',
  effect: (nats, what) => `对“${what}”的对数几率 ${nats}`,
  speaksFor: '（支持）',
  speaksAgainst: '（不支持）',
  quoted: (word) => `“${word}”`,
  sentence: ({ speaksFor, against }) => {
    if (speaksFor.length === 0 && against.length === 0)
      return '没有哪一部分单独起主要作用：判读依据的是整体。';
    const objection = against.length === 0 ? '' : `不支持的有${f.list(against)}`;
    return speaksFor.length === 0
      ? `没有哪一部分单独支持它；${objection}。`
      : `主要是${f.list(speaksFor)}${objection && `；${objection}`}。`;
  },
  region: { forehead: '额头', eyes: '眼睛和眉毛', nose: '鼻子', cheeks: '面颊', mouth: '嘴' },
  regionRow: { forehead: '额头', eyes: '眼、眉', nose: '鼻子', cheeks: '面颊', mouth: '嘴' },
  look: (time) => `依据 ${time} 时的面部。`,
  loudness: { loud: '响亮', quiet: '轻声' },
  band: { lowest: '低频', middle: '中频', high: '高频', hiss: '嘶声' },
  bandRow: { lowest: '低频', middle: '中频', high: '高频', hiss: '嘶声' },
  patch: (words, from, to) => `${from} 至 ${to} 的${words.length === 0 ? '声音' : `${words.join('')}部分`}`,
  allOfIt: '全部',
  throughout: '整段',
  notAsked: '未单独询问',
  mapLabel: '各时间段（列）与频段（行）的作用',
  pauses: (speaksFor) => (speaksFor ? '停顿也支持它。' : '停顿不支持它。'),
  piece: (from, to) => `这句话较长：显示的是 ${from} 至 ${to}，单独听来与判读最接近的一段。`,
});
