import { PassThrough } from 'node:stream';
import { formatSeconds, terminalOn } from './terminal';

afterEach(() => jest.useRealTimers());

/** What a terminal, or pipes, show of what a command says. */
function screen(isTTY: boolean, columns = 80) {
  let shown = '';
  const stream = () =>
    Object.assign(new PassThrough(), { isTTY, columns }).on('data', (text) => (shown += String(text)));
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  return { terminal: terminalOn({ stdin, stdout, stderr }), stdin, shown: () => shown };
}

describe('a step of something long', () => {
  it('is the one line that moves at a terminal, with how far that is and for how long', () => {
    jest.useFakeTimers();
    const { terminal, shown } = screen(true);
    terminal.step('deploying platform', 2, 4);
    terminal.status('reading the state');
    jest.advanceTimersByTime(61_000);
    terminal.status('');
    jest.advanceTimersByTime(61_000);
    const lines = shown().split('\r\x1b[K');
    expect(lines.slice(0, 3)).toEqual([
      '2 of 4: deploying platform · 0 s',
      '2 of 4: reading the state · 0 s',
      '2 of 4: reading the state · 1 s',
    ]);
    expect(lines.slice(-2)).toEqual(['2 of 4: reading the state · 1 min 1 s', '']);
  });

  it('never is wider than the terminal, and keeps its time', () => {
    const { terminal, shown } = screen(true, 30);
    terminal.step('deploying a stack with a long name', 2, 4);
    terminal.status('');
    expect(shown()).toBe('2 of 4: deploying a st… · 0 s\r\x1b[K');
    expect('2 of 4: deploying a st… · 0 s'.length).toBe(29);
  });

  it('makes way for other lines, and for a question', async () => {
    const { terminal, stdin, shown } = screen(true);
    terminal.step('deploying platform', 2, 4);
    terminal.say('a result');
    terminal.status('asking');
    const answer = terminal.ask('Apply? ');
    stdin.end('yes\n');
    expect(await answer).toBe('yes');
    expect(shown()).toMatch(
      /^2 of 4: deploying platform · 0 s\r\x1b\[Ka result\n2 of 4: asking · 0 s\r\x1b\[K/,
    );
  });

  it('is a plain line elsewhere, and its details are none', () => {
    const { terminal, shown } = screen(false);
    terminal.step('deploying platform', 2, 4);
    terminal.status('reading the state');
    terminal.say('a result');
    terminal.step('restoring memos', 1, 1);
    terminal.status('');
    expect(shown()).toBe('2 of 4: deploying platform\na result\nrestoring memos\n');
  });

  it('is a plain line at a terminal that knows no other', () => {
    jest.replaceProperty(process, 'env', { ...process.env, TERM: 'dumb' });
    const { terminal, shown } = screen(true);
    terminal.step('deploying platform', 2, 4);
    terminal.status('reading the state');
    jest.restoreAllMocks();
    expect(shown()).toBe('2 of 4: deploying platform\n');
  });
});

test('what is noted is folded at a terminal; a result never is, since it may be for machines', () => {
  const line = 'platform: must be there, and is not';
  for (const [isTTY, noted] of [
    [true, 'platform: must be there, and\n  is not'],
    [false, line],
  ] as const) {
    const { terminal, shown } = screen(isTTY, 30);
    terminal.note(line);
    terminal.say(line);
    expect(shown()).toBe(`${noted}\n${line}\n`);
  }
});

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 0 s'],
  [200, '3 min 20 s'],
  [3599.4, '59 min 59 s'],
  [3900, '1 h 5 min'],
])('%d seconds are told as %s', (seconds, told) => {
  expect(formatSeconds(seconds)).toBe(told);
});
