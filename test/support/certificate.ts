import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** The identifiers that the certificate uses, as X.509 writes them. */
const OID = { ecdsaWithSha256: '2a8648ce3d040302', commonName: '550403', subjectAltName: '551d11' };
const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, text: 0x0c, sequence: 0x30, set: 0x31, time: 0x17, version: 0xa0, extensions: 0xa3, address: 0x87 };

/**
 * A throw-away certificate for https on 127.0.0.1, good for a day, signed by its own key: who is told to trust it trusts that
 * address and nothing else. Both parts are PEM. Node makes keys and signatures but no certificates, so the few bytes around them
 * are written here (RFC 5280).
 */
export function throwAwayCertificate(): { key: string; certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(der(TAG.set, sequence(oid(OID.commonName), der(TAG.text, Buffer.from('127.0.0.1')))));
  const now = Date.now();
  const hours = (count: number) => time(new Date(now + count * 3_600_000));
  const address = sequence(oid(OID.subjectAltName), der(TAG.octets, sequence(der(TAG.address, Buffer.from([127, 0, 0, 1])))));
  const content = sequence(
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    algorithm,
    name,
    sequence(hours(-1), hours(24)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.extensions, sequence(address)),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', content, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(sequence(content, algorithm, signature)),
  };
}

/** One value in DER: its tag, how long it is, and what it holds. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(TAG.sequence, ...parts);
const oid = (hex: string) => der(TAG.oid, Buffer.from(hex, 'hex'));

/** As `YYMMDDHHMMSSZ`, in UTC. */
const time = (at: Date) => der(TAG.time, Buffer.from(`${at.toISOString().slice(2, 19).replace(/\D/g, '')}Z`));

const pem = (content: Buffer) => `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
