import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { types } from 'node:util';
import { SyntheticModule } from 'node:vm';
import Runtime from 'jest-runtime';

const require = createRequire(import.meta.url);
const program = join(import.meta.dirname, '../../src') + sep;
const libraries = `${sep}node_modules${sep}`;

/** Whether Node loads a file: the program and the libraries, but for Jest's own, which have to see the globals of the test they run. */
const isLoadedOnce = (file) =>
  file.startsWith(program) ||
  (file.includes(libraries) && !/^(jest|@jest|expect)/.test(file.slice(file.lastIndexOf(libraries) + libraries.length)));

/**
 * Jest loads every module anew for each file of tests, by a loader of its own that is many times slower than Node's. Here it does so for
 * the tests and their support alone: the program and the libraries are loaded by Node, once in each worker, and stay warm. So no module of
 * the program may keep anything that tells one run of it from the next.
 */
export default class extends Runtime {
  constructor(...given) {
    super(...given);
    const { esmLoader } = this;
    const { loadEsmModule, resolveSpecifierForSyncGraph } = esmLoader;
    const modules = new Map();
    const loadedOnce = (file) => {
      const module = modules.get(file) ?? asTestsImportIt(require(file), file, esmLoader.getContext());
      modules.set(file, module);
      return module;
    };
    esmLoader.loadEsmModule = async (file, ...rest) =>
      isLoadedOnce(file) ? loadedOnce(file) : loadEsmModule.call(esmLoader, file, ...rest);
    esmLoader.resolveSpecifierForSyncGraph = (...asked) => {
      const [, , , , registry] = asked;
      const resolved = resolveSpecifierForSyncGraph.apply(esmLoader, asked);
      const { cacheKey, modulePath } = resolved;
      if (modulePath && isLoadedOnce(modulePath) && !registry.has(cacheKey)) registry.set(cacheKey, loadedOnce(modulePath));
      return resolved;
    };
  }

  /** What Node loads goes one way, CommonJS or not. */
  unstable_shouldLoadAsEsm(file) {
    return isLoadedOnce(file) || super.unstable_shouldLoadAsEsm(file);
  }
}

function asTestsImportIt(loaded, identifier, context) {
  const exports = types.isModuleNamespaceObject(loaded) ? loaded : { ...loaded, default: loaded };
  const names = Object.keys(exports);
  const give = () => {
    for (const name of names) module.setExport(name, exports[name]);
  };
  const module = new SyntheticModule(names, give, { context, identifier });
  void module.evaluate();
  return module;
}
