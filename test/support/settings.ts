import { ConfigurationFault, readConfig } from '../../src/config.ts';

/** What a real tenant needs in its environment. */
export const tenant = {
  MicrosoftAppId: '6f1d0b7e-3c58-4f0e-9a34-0f5a1c2b3d4e',
  MicrosoftAppTenantId: '0b9a7c1d-52e4-4b8f-8c66-7d1e2f3a4b5c',
  MicrosoftAppPassword: 'pass-phrase-of-the-bot',
  DATABASE_URL: 'postgresql://dissent:database-pass@db.example.gov.uk/dissent',
  DIRECTORY_FILE: 'directory.yaml',
  MASTER_KEY: Buffer.alloc(32, 'master').toString('base64'),
};

/** The faults that an environment is refused with. */
export function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(environment);
  } catch (fault) {
    if (fault instanceof ConfigurationFault) return fault.faults;
    throw fault;
  }
  return [];
}

/** The names that faults begin with. */
export const namesIn = (faults: readonly string[]) => faults.map((fault) => fault.split(':')[0]);
