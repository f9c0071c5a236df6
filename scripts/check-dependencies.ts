import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Holds the dependencies to what they should be: each direct one is used, kept by its makers and told in README's table;
 * nothing is imported that package.json does not declare; and the lockfile says nothing that one npm or another would change.
 */

type Manifest = { dependencies?: Record<string, string>; devDependencies?: Record<string, string>; scripts?: Record<string, string> };
type Locked = {
  deprecated?: string;
  resolved?: string;
  libc?: string[];
  bin?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Locked> };

/** What the check looks at. `code` is every file that imports; `tools` every text that runs commands or names types. */
export type Project = { manifest: Manifest; lock: Lock; code: { path: string; text: string }[]; tools: string; readme: string | null };

/** The package that a module specifier belongs to, or null for a path of our own or one of Node's modules. */
function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || isBuiltin(specifier)) return null;
  return /^(@[^/]+\/[^/]+|[^/@][^/]*)/.exec(specifier)?.[0] ?? null;
}

type Import = { path: string; name: string; types: boolean };

/** Every package that a file imports, requires or resolves, with the file's path, and whether for its types alone. */
function importsIn({ path, text }: { path: string; text: string }): Import[] {
  const named =
    /(?:^import|^export|^\}|\bimport\(|\brequire\(|\bcreateRequire\([^()]*\)\(|\bresolve\()(?:[^'"`;]*?\bfrom)?\s*['"`]([@\w][^'"`\n]*)['"`]/gm;
  return [...text.matchAll(named)].flatMap((match) => {
    const name = packageOf(match[1] ?? '');
    return name ? [{ path, name, types: /^(import|export) type\b/.test(match[0]) }] : [];
  });
}

/** A line for everything that is wrong with the project's direct dependencies; none when all is well. */
export function dependencyFaults({ manifest, lock, code, tools, readme }: Project): string[] {
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const imports = code.flatMap(importsIn);
  const imported = new Set(imports.map(({ name }) => name));
  const words = tools.split(/[\s"'=]+/);
  const isTool = (name: string) => {
    const commands = Object.keys(lock.packages[`node_modules/${name}`]?.bin ?? {});
    return words.some((word) => commands.includes(word) || word.startsWith(`node_modules/${name}/`));
  };
  const typesOf = (name: string) => (name.startsWith('@types/') ? name.slice('@types/'.length) : null);
  const isPeer = (name: string) => direct.some((other) => lock.packages[`node_modules/${other}`]?.peerDependencies?.[name]);
  const isUsed = (name: string) => {
    const typed = typesOf(name);
    return imported.has(name) || isPeer(name) || isTool(name) || (typed !== null && (imported.has(typed) || tools.includes(`"${typed}"`)));
  };
  const inProduct = (path: string) => path.startsWith('src/');
  return [
    ...direct.filter((name) => !isUsed(name)).map((name) => `${name} is declared and nothing uses it`),
    ...[...imported]
      .filter((name) => !direct.includes(name))
      .map((name) => {
        const where = imports.find((each) => each.name === name)?.path;
        return `${name} is imported by ${where} and package.json does not declare it`;
      }),
    ...Object.keys(manifest.devDependencies ?? {})
      .filter((name) => imports.some((each) => each.name === name && !each.types && inProduct(each.path)))
      .map((name) => `${name} is imported by the product (src) and declared for development alone`),
    ...direct.flatMap((name) => {
      const deprecated = lock.packages[`node_modules/${name}`]?.deprecated;
      return deprecated ? [`${name} is deprecated by its makers: ${deprecated}`] : [];
    }),
    ...Object.entries(lock.packages).flatMap(([place, { resolved, libc }]) => [
      ...(resolved ? [`${place} has a registry's address in package-lock.json: take its "resolved" out`] : []),
      ...(libc ? [`${place} names a C library in package-lock.json, which npm 10 takes out again: take its "libc" out`] : []),
    ]),
    ...(readme === null ? [] : direct.filter((name) => !new RegExp(`^\\|.*\`${name}\``, 'm').test(readme))).map(
      (name) => `${name} has no line in README's table of dependencies`,
    ),
  ];
}

/** Reads this project. */
function readProject(): Project {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');
  const manifest = JSON.parse(read('package.json')) as Manifest;
  return {
    manifest,
    lock: JSON.parse(read('package-lock.json')) as Lock,
    code: globSync(['{src,test,scripts,bench}/**/*.{ts,js}', '*.js'], { cwd: root }).map((path) => ({ path, text: read(path) })),
    tools: [...Object.values(manifest.scripts ?? {}), read('tsconfig.json'), existsSync(`${root}.ci/run`) ? read('.ci/run') : ''].join(
      '\n',
    ),
    readme: existsSync(`${root}README.md`) ? read('README.md') : null,
  };
}

if (import.meta.main) {
  const faults = dependencyFaults(readProject());
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
