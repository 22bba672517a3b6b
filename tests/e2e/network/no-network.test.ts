import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { environment, ROOT } from '../support/program.ts';
import { spokenRecording } from '../support/recordings.ts';
import { canWatch, watched } from '../support/watched-network.ts';
import { freshHome, SHELL } from '../support/workstation.ts';

const node = (script: string): ReturnType<typeof watched> => watched(process.execPath, ['-e', script]);

// Once is enough: the command line has no window. The journeys themselves are watched by scripts/test.mjs.
describe.runIf(SHELL === 'browser' && canWatch())('nothing leaves the machine', () => {
  it('would notice a connection, a name that is asked for, and a datagram', () => {
    const wait = 'setTimeout(() => process.exit(), 500)';
    expect(
      node(`require('net').connect(80, '198.51.100.7').on('error', () => {}); ${wait}`).packetsOut,
    ).toBeGreaterThan(0);
    expect(node(`require('dns').lookup('example.com', () => {}); ${wait}`).packetsOut).toBeGreaterThan(0);
    expect(
      node(`require('dgram').createSocket('udp4').send('x', 9, '198.51.100.7', () => {}); ${wait}`)
        .packetsOut,
    ).toBeGreaterThan(0);
  });

  it('lets a process talk to itself', () => {
    const talk = `const s = require('http').createServer((q, r) => r.end('hi')).listen(0, '127.0.0.1', async () => {
      process.stdout.write(await (await fetch('http://127.0.0.1:' + s.address().port)).text()); s.close(); });`;
    expect(node(talk)).toMatchObject({ stdout: 'hi', packetsOut: 0 });
  });

  it('analyses a recording from the command line without one packet', async () => {
    const home = await freshHome();
    const file = spokenRecording(home, 'talk.wav', 12);
    const out = path.join(home, 'out');
    const args = [path.join(ROOT, 'out/main/cli.js'), 'analyze', file, '--out', out];
    const ran = watched(process.execPath, args, environment(home));
    expect(ran.stderr.includes('error') ? ran.stderr : '').toBe('');
    expect(ran.status).toBe(0);
    expect(readdirSync(out)).toHaveLength(2);
    expect(ran.packetsOut).toBe(0);
  });
});
