import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { Credential, TenantConfig } from './config.ts';

type Authority = { authorityHost?: string; disableInstanceDiscovery?: true };

/** What a managed identity asks a token for that an app registration takes for its own credential. */
const EXCHANGE = 'api://AzureADTokenExchange/.default';

/** A host that the operator names is taken at their word: asking Microsoft's public cloud about it would leave a private one. */
function authorityOf({ authorityHost }: TenantConfig): Authority {
  return authorityHost === null ? {} : { authorityHost, disableInstanceDiscovery: true };
}

/** What signs in as an app; tokens are fetched when they are first asked for, and kept. */
export function credentialOf(credential: Credential, config: TenantConfig): TokenCredential {
  const authority = authorityOf(config);
  switch (credential.kind) {
    case 'secret':
      return new ClientSecretCredential(credential.tenantId, credential.clientId, credential.clientSecret, authority);
    case 'certificate':
      return new ClientCertificateCredential(credential.tenantId, credential.clientId, credential.certificatePath, authority);
    case 'workload-identity': {
      const { tenantId, clientId, tokenFile: tokenFilePath } = credential;
      return new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...authority });
    }
    case 'trusted-identity': {
      const identity = new ManagedIdentityCredential({ clientId: credential.identityId });
      const assertion = async () => (await identity.getToken(EXCHANGE)).token;
      return new ClientAssertionCredential(credential.tenantId, credential.clientId, assertion, authority);
    }
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: credential.clientId });
  }
}
