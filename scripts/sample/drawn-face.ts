/**
 * A person drawn as SVG: head and shoulders from the front, for recordings that must show faces without being of anyone.
 * YuNet finds these faces, and the expressions are read as what they are drawn as (tests/models/face-drawn.test.ts).
 */
export interface Person {
  readonly skin: string;
  readonly light: string;
  readonly shade: string;
  readonly hair: string;
  readonly shirt: string;
  readonly lips: string;
  readonly iris: string;
  readonly longHair: boolean;
}

/** All 0 (eyes 1) is a neutral face. */
export interface Expression {
  /** Corners of the mouth, -1 (down) to 1. */
  readonly smile: number;
  /** Mouth, 0 to 1. */
  readonly open: number;
  /** -1 to 1.3. */
  readonly browRaise: number;
  /** Inner ends of the brows down, 0 to 1.6. */
  readonly browFrown: number;
  /** Inner ends of the brows up, 0 to 1.3. */
  readonly browSad: number;
  /** 0 (shut) to 1.6 (wide). */
  readonly eyes: number;
  /** Nose, 0 to 1.5. */
  readonly wrinkle: number;
  /** Head, -1 to 1. */
  readonly turn: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
  readonly centreX?: number;
  readonly centreY?: number;
}

const EYE_Y = -22;
const EYE_X = 31;

/** The whole picture as SVG; the head is about `200 * scale` pixels high. */
export function drawFace(person: Person, expression: Expression, picture: Picture): string {
  const { width, height, scale = 1, centreX = width / 2, centreY = height / 2 } = picture;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
${gradients(person)}
<rect width="100%" height="100%" fill="url(#wall)"/>
<g transform="translate(${fixed(centreX)} ${fixed(centreY)}) scale(${fixed(scale)})" filter="url(#soft)">
${body(person)}
${head(person, expression)}
${eye(person, expression, -1)}${eye(person, expression, 1)}
${brow(person, expression, -1)}${brow(person, expression, 1)}
${forehead(person, expression)}
${nose(person, expression)}
${mouth(person, expression)}
</g></svg>`;
}

/** The expression `share` of the way from `a` to `b`. */
export function blend(a: Expression, b: Expression, share: number): Expression {
  const between = (key: keyof Expression): number => a[key] + (b[key] - a[key]) * share;
  return {
    smile: between('smile'),
    open: between('open'),
    browRaise: between('browRaise'),
    browFrown: between('browFrown'),
    browSad: between('browSad'),
    eyes: between('eyes'),
    wrinkle: between('wrinkle'),
    turn: between('turn'),
  };
}

const fixed = (value: number): string => value.toFixed(2);
/** Features move further than the outline when the head turns. */
const shift = ({ turn }: Expression): number => turn * 10;
const gladness = ({ smile }: Expression): number => Math.max(0, smile);
const sorrow = ({ smile }: Expression): number => Math.max(0, -smile);

function gradients({ skin, light, shade }: Person): string {
  const radial = (id: string, colour: string, opacity: number): string =>
    `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/>` +
    `<stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
  return `<defs>
<radialGradient id="wall" cx=".5" cy=".35" r=".9"><stop offset="0" stop-color="#8b97a3"/><stop offset="1" stop-color="#4d565f"/></radialGradient>
<radialGradient id="skin" cx=".42" cy=".38" r=".68"><stop offset="0" stop-color="${light}"/><stop offset=".55" stop-color="${skin}"/><stop offset="1" stop-color="${shade}"/></radialGradient>
<linearGradient id="neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${shade}"/><stop offset="1" stop-color="${skin}"/></linearGradient>
${radial('socket', shade, 0.75)}${radial('cheek', light, 0.8)}${radial('shadow', shade, 0.9)}
<filter id="soft"><feGaussianBlur stdDeviation=".7"/></filter>
</defs>`;
}

function body({ hair, shirt, longHair }: Person): string {
  const behind = longHair
    ? `<path d="M-84 -20Q-92 -122 0 -124Q92 -122 84 -20Q92 70 74 140L-74 140Q-92 70 -84 -20Z" fill="${hair}"/>`
    : '';
  return `${behind}<path d="M-150 200Q-140 122 -52 108L52 108Q140 122 150 200Z" fill="${shirt}"/>
<path d="M-32 60L-36 112Q0 138 36 112L32 60Z" fill="url(#neck)"/>`;
}

function head({ shade, hair }: Person, expression: Expression): string {
  const t = shift(expression);
  const jaw = 6 * expression.open;
  const chin = fixed(92 + 9 * expression.open);
  const cheek = fixed(18 - 4 * expression.smile);
  const ear = (x: number): string =>
    `<ellipse cx="${fixed(x + 0.2 * t)}" cy="-8" rx="10" ry="19" fill="${shade}"/>`;
  const glow = (x: number): string =>
    `<ellipse cx="${fixed(x + t)}" cy="${cheek}" rx="22" ry="17" fill="url(#cheek)"/>`;
  return `${ear(-73)}${ear(73)}
<path d="M-72 -30Q-74 -108 0 -110Q74 -108 72 -30Q72 ${36 + jaw} 40 ${74 + 1.5 * jaw}Q20 ${chin} 0 ${chin}Q-20 ${chin} -40 ${74 + 1.5 * jaw}Q-72 ${36 + jaw} -72 -30Z" fill="url(#skin)"/>
<path d="M-76 -26Q-84 -120 0 -122Q84 -120 76 -26Q70 -66 40 -82Q0 -72 -44 -84Q-70 -64 -76 -26Z" fill="${hair}"/>
${glow(-40)}${glow(38)}`;
}

function eye({ iris, shade, longHair }: Person, expression: Expression, side: -1 | 1): string {
  const x = side * EYE_X + shift(expression);
  const half = 14.5;
  const gape = 7.2 * expression.eyes * (1 - 0.25 * gladness(expression));
  const gaze = fixed(x + 3 * expression.turn);
  const upper = `M${fixed(x - half)} ${EYE_Y}Q${fixed(x)} ${fixed(EYE_Y - 1.9 * gape)} ${fixed(x + half)} ${EYE_Y}`;
  const lid = `Q${fixed(x)} ${fixed(EYE_Y + 1.5 * gape)} ${fixed(x - half)} ${EYE_Y}`;
  const lash = longHair ? 3.4 : 2.4;
  const bag = fixed(0.3 + 0.4 * gladness(expression));
  return `<ellipse cx="${fixed(x)}" cy="${EYE_Y - 2}" rx="21" ry="15" fill="url(#socket)"/>
<clipPath id="eye${side}"><path d="${upper}${lid}Z"/></clipPath>
<g clip-path="url(#eye${side})"><rect x="${fixed(x - 20)}" y="${EYE_Y - 20}" width="40" height="40" fill="#efe9e4"/>
<circle cx="${gaze}" cy="${EYE_Y - 1}" r="7.4" fill="${iris}"/><circle cx="${gaze}" cy="${EYE_Y - 1}" r="3.6" fill="#0d0907"/>
<circle cx="${fixed(x + 2.5)}" cy="${EYE_Y - 4}" r="1.6" fill="#fff"/><path d="${upper}" stroke="#000" stroke-opacity=".4" stroke-width="5" fill="none"/></g>
<path d="${upper}" stroke="#2a1812" stroke-width="${lash}" fill="none" stroke-linecap="round"/>
<path d="M${fixed(x + half)} ${EYE_Y}${lid}" stroke="${shade}" stroke-width="1.4" fill="none"/>
<path d="M${fixed(x - half)} ${EYE_Y - 7}Q${fixed(x)} ${fixed(EYE_Y - 2.2 * gape - 6)} ${fixed(x + half)} ${EYE_Y - 5}" stroke="${shade}" stroke-width="1.6" fill="none" opacity=".8"/>
<path d="M${fixed(x - 13)} ${EYE_Y + 13}Q${fixed(x)} ${fixed(EYE_Y + 18 - 2 * gladness(expression))} ${fixed(x + 13)} ${EYE_Y + 12}" stroke="${shade}" stroke-width="2" fill="none" opacity="${bag}"/>`;
}

function brow({ hair }: Person, expression: Expression, side: -1 | 1): string {
  const { browRaise, browFrown, browSad } = expression;
  const at = (x: number): string => fixed(side * x + shift(expression));
  const inner = EYE_Y - 17 - 7 * browRaise + 7 * browFrown - 8 * browSad;
  const arch = EYE_Y - 22 - 9 * browRaise + 2 * browFrown;
  const outer = EYE_Y - 16 - 6 * browRaise - 4 * browFrown + 4 * browSad;
  return `<path d="M${at(16)} ${fixed(inner + 3)}Q${at(33)} ${fixed(arch)} ${at(49)} ${fixed(outer)}Q${at(33)} ${fixed(arch + 6)} ${at(16)} ${fixed(inner + 8)}Z" fill="${hair}" opacity=".9"/>`;
}

function forehead({ shade }: Person, { browFrown, browRaise, browSad, turn }: Expression): string {
  const t = 10 * turn;
  const frown = `<path d="M${fixed(t - 6)} ${EYE_Y - 14}L${fixed(t - 5)} ${EYE_Y - 2}M${fixed(t + 6)} ${EYE_Y - 14}L${fixed(t + 5)} ${EYE_Y - 2}" stroke="${shade}" stroke-width="2.2" opacity="${fixed(Math.min(1, browFrown))}"/>`;
  const lines = Math.min(0.6, Math.max(0, browRaise - 0.2, browSad - 0.3));
  return `${frown}<path d="M-34 -70Q0 -75 34 -70M-30 -60Q0 -65 30 -60" stroke="${shade}" stroke-width="1.6" fill="none" opacity="${fixed(lines)}"/>`;
}

function nose({ light, shade }: Person, expression: Expression): string {
  const t = shift(expression);
  const up = 3 * expression.wrinkle;
  const nostril = (x: number): string =>
    `<ellipse cx="${fixed(t + x)}" cy="${fixed(21 - up)}" rx="4" ry="2.3" fill="#3b1d14"/>`;
  const wing = (s: number): string =>
    `M${fixed(t + s * 17)} ${fixed(17 - up)}Q${fixed(t + s * 20)} ${fixed(22 - up)} ${fixed(t + s * 13)} ${fixed(23 - up)}`;
  return `<g filter="url(#soft)"><path d="M${fixed(t - 9)} -20Q${fixed(t - 10)} 8 ${fixed(t - 15)} ${fixed(17 - up)}Q${fixed(t)} ${fixed(27 - up)} ${fixed(t + 15)} ${fixed(17 - up)}Q${fixed(t + 10)} 8 ${fixed(t + 9)} -20Z" fill="${light}" opacity=".55"/>
<path d="M${fixed(t + 10)} -18Q${fixed(t + 9)} 6 ${fixed(t + 15)} 14" stroke="${shade}" stroke-width="3.4" fill="none" opacity=".55"/></g>
<ellipse cx="${fixed(t)}" cy="${fixed(24 - up)}" rx="17" ry="5" fill="url(#shadow)"/>${nostril(-7.5)}${nostril(7.5)}
<path d="${wing(-1)}${wing(1)}" stroke="${shade}" stroke-width="2" fill="none"/>`;
}

function mouth({ lips, shade }: Person, expression: Expression): string {
  const { smile, open, wrinkle } = expression;
  const glad = gladness(expression);
  const t = shift(expression);
  const half = 25 + 9 * glad - 3 * sorrow(expression) - 6 * open * (1 - glad);
  const middle = 48 + 2 * open;
  const corner = middle - 11 * smile;
  const top = middle + 1.5 + 3 * glad - 2 * sorrow(expression);
  const bottom = top + 22 * open;
  const [left, right, x] = [fixed(t - half), fixed(t + half), fixed(t)];
  const y = fixed(corner);
  const inside = `M${left} ${y}Q${x} ${fixed(top + 3 + 6 * glad)} ${right} ${y}Q${x} ${fixed(bottom + 5 + 6 * glad + 15.4 * open)} ${left} ${y}Z`;
  const bow = fixed(top - 9 + 3 * glad);
  const upperLip = `M${left} ${y}Q${fixed(t - 0.45 * half)} ${bow} ${x} ${fixed(top - 6)}Q${fixed(t + 0.45 * half)} ${bow} ${right} ${y}Q${x} ${fixed(top + 4 + 6 * glad)} ${left} ${y}Z`;
  const lowerLip = `M${left} ${y}Q${x} ${fixed(bottom + 20 + 5 * smile)} ${right} ${y}Q${x} ${fixed(bottom + 4 + 6 * glad)} ${left} ${y}Z`;
  const teeth = `M${left} ${fixed(corner - 4)}Q${x} ${fixed(top - 2 + 6 * glad)} ${right} ${fixed(corner - 4)}L${right} ${fixed(corner + 3)}Q${x} ${fixed(top + 9 + 7 * glad)} ${left} ${fixed(corner + 3)}Z`;
  const depth = glad + 0.5 * wrinkle + 0.35 * sorrow(expression);
  const fold = (s: number): string =>
    `M${fixed(t + s * 21)} ${fixed(18 - 4 * wrinkle)}Q${fixed(t + s * (34 + 5 * depth))} 32 ${fixed(t + s * (half + 7))} ${fixed(corner + 4)}`;
  return `<path d="${fold(-1)}${fold(1)}" stroke="${shade}" stroke-width="2.6" fill="none" opacity="${fixed(Math.min(0.9, 0.15 + 0.6 * depth))}"/>
<path d="${upperLip}${lowerLip}" fill="${lips}"/><path d="${inside}" fill="#3a1210" stroke="#4a1d18" stroke-width="1.6"/>
<clipPath id="mouth"><path d="${inside}"/></clipPath><path clip-path="url(#mouth)" d="${teeth}" fill="#f4efe9" opacity="${open > 0.12 ? 1 : 0}"/>
<ellipse cx="${x}" cy="${fixed(bottom + 17 + 4 * open)}" rx="16" ry="4" fill="url(#shadow)" opacity=".6"/>`;
}
