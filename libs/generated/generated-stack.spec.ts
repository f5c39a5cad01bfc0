import { OwnedBlocks, output, raw, render, tf } from '@home/terraform';
import fc from 'fast-check';
import { evaluate, generatedImage, readGeneratedStack } from './generated-stack';

/** A value as it stands in a generated file. */
function written(value: unknown): unknown {
  const owner = { stack: 'test', workload: 'test', where: 'apps/test/test' };
  const block = output('o', value);
  const { json } = render([block], owner, new OwnedBlocks([{ owner, block }]));
  return (json as { output: { o: { value: unknown } } }).output.o.value;
}

it('reads every text back as it was given, also what Terraform would not take as it is', () => {
  const pieces = fc.constantFrom('\ufeff', '\r', '\r\n', '${', '%{', '$', '%', '"', '\\', '}', 'é', '\u0000');
  const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 6 });
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join('');
      expect(evaluate(written(text), [])).toBe(text);
    }),
  );
});

it('names an expression that the files do not tell', () => {
  expect(() => evaluate(written(tf`a ${raw('upper("{")')}`), [])).toThrow(
    'Nothing in the generated files tells what ${upper("{")} is.',
  );
});

it('finds nothing of a stack and of an image that the home lacks', () => {
  expect(readGeneratedStack('integrations', __dirname)).toEqual([]);
  expect(generatedImage([], 'coredns/coredns')).toBeUndefined();
});
