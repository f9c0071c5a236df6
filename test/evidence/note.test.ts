import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openCheckpoint, signCheckpoint } from '../../src/evidence/checkpoint.ts';
import { keyFromSeed, openNote, readVerifier, signerOf, signNote } from '../../src/evidence/note.ts';
import { EMPTY_ROOT, leafHash } from '../../src/evidence/tree.ts';
import { alwaysHolds } from '../support/properties.ts';

/** The keys, text and signatures that golang.org/x/mod/sumdb/note is tried with. */
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSeed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterSigned = '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochSigned = '\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
/** The example of c2sp.org/tlog-cosignature. */
const witnessed = [
  'example.com/behind-the-sofa',
  '20852163',
  'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  '',
  '\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=',
  '\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
  '',
].join('\n');

const signer = signerOf('council.example/dissent', keyFromSeed(Buffer.alloc(32, 7)));

describe('EV2: notes are those that existing verifiers read', () => {
  test("given a published key, then the published note is signed, letter for letter, and the key's public half is the published one", async () => {
    const published = signerOf('PeterNeumann', keyFromSeed(peterSeed));
    expect(published.verifier).toBe(peter);
    expect(await signNote(text, published)).toBe(`${text}\n${peterSigned}`);
  });

  test('given the example of c2sp.org/signed-note, then its key opens it', () => {
    const note =
      'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    const key = readVerifier('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    expect(openNote(note, [key])).toEqual({ text: 'This is an example message.\n', signedBy: ['example.com/foo'] });
  });

  test('several may sign; what strangers signed is passed over; a wrong signature of a known key spoils the note', () => {
    const both = `${text}\n${peterSigned}${enochSigned}`;
    expect(openNote(both, [readVerifier(peter), readVerifier(enoch)]).signedBy).toEqual(['PeterNeumann', 'EnochRoot']);
    expect(openNote(both, [readVerifier(enoch)]).signedBy).toEqual(['EnochRoot']);
    expect(() => openNote(both, [readVerifier(signer.verifier)])).toThrow('not signed by the key');
    expect(() => openNote(both.replace('problem', 'question'), [readVerifier(peter)])).toThrow('was altered');
  });

  test.each([
    ['nothing signed', text],
    ['an empty line and nothing more', `${text}\n`],
    ['a cut end', `${text}\n${peterSigned.slice(0, -1)}`],
    ['a control character', `\x01${text}\n${peterSigned}`],
    ['a name with a space', `${text}\n${peterSigned.replace('PeterNeumann', 'Peter Neumann')}`],
    ['a line too many', `${text}\n${peterSigned}Unexpected line.\n`],
    ['too many signatures', `${text}\n${peterSigned.repeat(101)}`],
  ])('a note with %s is refused', (_what, note) => {
    expect(() => openNote(note, [readVerifier(peter)])).toThrow(/not a signed note|is damaged/);
  });

  test('a verifier key with any letter changed is refused', () => {
    for (const [index, letter] of [...peter].entries()) {
      const other = String.fromCharCode(letter.charCodeAt(0) + 1);
      expect(() => readVerifier(peter.slice(0, index) + other + peter.slice(index + 1))).toThrow('not a verifier key');
    }
    expect(() => readVerifier('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow('not a verifier key');
  });

  test('only an Ed25519 key signs, and under a name that a note may hold', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => signerOf('council', privateKey)).toThrow('Ed25519');
    expect(() => signerOf('a council', keyFromSeed(peterSeed))).toThrow('leave out spaces');
  });
});

describe('EV2: checkpoints', () => {
  const key = readVerifier(signer.verifier);

  test('what was signed is read back, whatever its size and root', async () => {
    await fc.assert(
      fc.asyncProperty(fc.maxSafeNat(), fc.string(), async (size, anything) => {
        const root = leafHash(anything);
        const note = await signCheckpoint({ size, root }, signer);
        expect(openCheckpoint(note, [key])).toEqual({ origin: signer.name, size, root, signedBy: [signer.name] });
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test('a witness countersigns by adding a line, and is named beside the log', async () => {
    const note = await signCheckpoint({ size: 0, root: EMPTY_ROOT }, signer);
    const witness = signerOf('witness.example/w1', keyFromSeed(Buffer.alloc(32, 8)));
    const typed = Buffer.from(witness.verifier.split('+').slice(2).join('+'), 'base64');
    typed[0] = 4;
    const { createHash } = await import('node:crypto');
    const id = createHash('sha256').update('witness.example/w1\n').update(typed).digest().subarray(0, 4);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(1_800_000_000n);
    const signed = await witness.sign(`cosignature/v1\ntime 1800000000\n${note.slice(0, note.indexOf('\n\n') + 1)}`);
    const line = `\u2014 witness.example/w1 ${Buffer.concat([id, time, signed]).toString('base64')}\n`;
    const witnessKey = readVerifier(`witness.example/w1+${id.toString('hex')}+${typed.toString('base64')}`);
    expect(openCheckpoint(note + line, [key, witnessKey]).signedBy).toEqual([signer.name, 'witness.example/w1']);
    expect(openCheckpoint(note + line, [key]).signedBy).toEqual([signer.name]);
    time.writeBigUInt64BE(1_800_000_001n);
    const later = `\u2014 witness.example/w1 ${Buffer.concat([id, time, signed]).toString('base64')}\n`;
    expect(() => openCheckpoint(note + later, [key, witnessKey])).toThrow('was altered');
  });

  test('the published checkpoint with a witness is read, and refused without a key of its log', () => {
    expect(() => openCheckpoint(witnessed, [key])).toThrow('not signed by the key');
  });

  test.each([
    ['a size with a leading zero', `${signer.name}\n01\n${EMPTY_ROOT.toString('base64')}\n`],
    ['a root that is too short', `${signer.name}\n1\nAAAA\n`],
    ['an empty line', `${signer.name}\n1\n${EMPTY_ROOT.toString('base64')}\n\n`],
    ['another origin', `elsewhere\n1\n${EMPTY_ROOT.toString('base64')}\n`],
  ])('a note with %s is no checkpoint of this log', async (_what, body) => {
    const note = await signNote(body, signer);
    expect(() => openCheckpoint(note, [key])).toThrow(/not a checkpoint|not signed/);
  });

  test('a checkpoint with any letter changed is refused', () => {
    const note = `${signer.name}\n5\n${EMPTY_ROOT.toString('base64')}\n`;
    return signNote(note, signer).then((signed) =>
      alwaysHolds(
        fc.property(fc.nat(signed.length - 1), (index) => {
          const other = String.fromCharCode(signed.charCodeAt(index) ^ 1);
          expect(() => openCheckpoint(signed.slice(0, index) + other + signed.slice(index + 1), [key])).toThrow();
        }),
      ),
    );
  });
});
