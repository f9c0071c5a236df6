import { stripTypeScriptTypes } from 'node:module';

/** Jest's transform for TypeScript: the same removal of types that Node does at run time, nothing else. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
