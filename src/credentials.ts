import { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { TenantConfig } from './config.ts';

type Authority = { authorityHost?: string; disableInstanceDiscovery?: true };

/** A host that the operator names is taken at their word: asking Microsoft's public cloud about it would leave a private one. */
function authorityOf({ authorityHost }: TenantConfig): Authority {
  return authorityHost === null ? {} : { authorityHost, disableInstanceDiscovery: true };
}

/** What the bot signs in to Teams with. */
export function botCredential(config: TenantConfig): TokenCredential {
  const { tenantId, appId, password } = config.bot;
  if (password === null) return new ManagedIdentityCredential({ clientId: appId });
  return new ClientSecretCredential(tenantId, appId, password, authorityOf(config));
}

/** What the program signs in to Graph with, and to Azure's storage. */
export function credentialOf(config: TenantConfig): TokenCredential {
  const { graphCredential: credential } = config;
  const authority = authorityOf(config);
  switch (credential.kind) {
    case 'secret':
      return new ClientSecretCredential(credential.tenantId, credential.clientId, credential.clientSecret, authority);
    case 'certificate':
      return new ClientCertificateCredential(credential.tenantId, credential.clientId, credential.certificatePath, authority);
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: credential.clientId });
  }
}
