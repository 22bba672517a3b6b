/** The renderer on an in-page bridge: for looking at screens and measuring frames without main. Never part of a build. */
import '../../../renderer/lib/no-eval.ts';
import { fixtureBridge } from './fixture-bridge.ts';

const options = new URLSearchParams(location.search);
Object.defineProperty(window, 'attune', {
  value: fixtureBridge({
    minutes: Number(options.get('minutes') ?? 12),
    stepMs: Number(options.get('step') ?? 200),
    video: options.get('video'),
    theme: options.get('theme') === 'dark' ? 'dark' : 'light',
    language: options.get('language') === 'zh' ? 'zh' : 'en',
    state: (options.get('state') ?? 'open') as 'open' | 'none' | 'locked',
    library: options.get('library') ?? 'full',
    panel: options.get('panel'),
    session: options.get('session') ?? 's1',
    timeMs: Number(options.get('time') ?? 0) * 1000,
    voices: options.has('voices'),
  }),
});
await import('../../../renderer/main.ts');
