/**
 * A short talk between two made-up people, written for Attune. `stretch` slows speech down, `pitchHz` is the mean of the voice,
 * `gapS` the pause before the line: a hint of how it would be said, no more. These voices can't act.
 */
export const SPEAKERS = {
  counsellor: { voice: 'slt', channel: 0 },
  client: { voice: 'rms', channel: 1 },
};

export const LINES = [
  {
    who: 'counsellor',
    gapS: 0.8,
    stretch: 1.1,
    pitchHz: 170,
    text: 'Hello Ben. It is good to see you again. How was your week?',
  },
  {
    who: 'client',
    gapS: 0.9,
    stretch: 1.25,
    pitchHz: 88,
    text: 'Not so good. I did not get the job that I told you about.',
  },
  {
    who: 'counsellor',
    gapS: 0.7,
    stretch: 1.15,
    pitchHz: 160,
    text: 'Oh. I am sorry. You worked so hard for it.',
  },
  {
    who: 'client',
    gapS: 1.0,
    stretch: 1.35,
    pitchHz: 82,
    text: 'I cried when I read the letter. I felt so sad and alone that evening.',
  },
  { who: 'counsellor', gapS: 0.9, stretch: 1.15, pitchHz: 160, text: 'That sounds painful.' },
  {
    who: 'client',
    gapS: 0.6,
    stretch: 0.95,
    pitchHz: 125,
    text: 'And then I heard that they never even read my application. I am so angry! How dare they treat people like that?',
  },
  { who: 'counsellor', gapS: 0.4, stretch: 1.0, pitchHz: 205, text: 'What? I did not expect that at all!' },
  {
    who: 'client',
    gapS: 0.6,
    stretch: 1.0,
    pitchHz: 118,
    text: 'My old boss called me on Friday and told me, out of the blue. I could not believe it.',
  },
  { who: 'counsellor', gapS: 0.8, stretch: 1.12, pitchHz: 168, text: 'And how do you feel about it today?' },
  {
    who: 'client',
    gapS: 1.2,
    stretch: 1.2,
    pitchHz: 98,
    text: 'I am scared. I am afraid that the money will not last until the spring.',
  },
  {
    who: 'counsellor',
    gapS: 0.8,
    stretch: 1.12,
    pitchHz: 168,
    text: 'We can make a plan for that. What would help you most?',
  },
  {
    who: 'client',
    gapS: 0.8,
    stretch: 1.05,
    pitchHz: 120,
    text: 'Well, there is one good thing. My sister had her baby! I am so happy for her. She is wonderful.',
  },
  { who: 'counsellor', gapS: 0.4, stretch: 1.02, pitchHz: 200, text: 'That is great news! Congratulations!' },
  {
    who: 'client',
    gapS: 0.5,
    stretch: 1.05,
    pitchHz: 118,
    text: 'Thank you! I love that little girl already. I will visit them on Sunday.',
  },
  {
    who: 'counsellor',
    gapS: 0.7,
    stretch: 1.1,
    pitchHz: 172,
    text: 'Good. Then let us talk about the plan next week.',
  },
  { who: 'client', gapS: 0.6, stretch: 1.12, pitchHz: 104, text: 'Yes. Thank you. See you next week.' },
];
