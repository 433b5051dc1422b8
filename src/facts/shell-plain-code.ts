/** Functions that only compute or print. */
const harmlessCalls = new Set(
  'print console.log console.error console.info console.table len str int float repr bool abs min max sum sorted round type list dict set tuple range enumerate zip hex bin oct ord chr json.dumps JSON.stringify Object.keys Object.values Object.entries parseInt parseFloat Number String Math.max Math.min Math.floor Math.ceil Math.round Math.sqrt Math.pow math.sqrt math.floor math.ceil pprint Date.now platform.python_version platform.platform platform.system platform.machine'.split(
    ' ',
  ),
);
/** Stands for a string in code whose strings are taken out. */
const string = '\u0003';
const stringOrCall = new RegExp(`${string}|([A-Za-z_][\\w.]*|[\\])${string}])?\\s*\\(`, 'g');
const keywords = new Set(['if', 'and', 'or', 'not', 'in', 'is', 'typeof', 'else']);
/** Modules that come with Python, and packages that everybody installs: importing them does nothing that can be seen. */
const knownModules = new Set(
  `argparse array ast base64 binascii bisect builtins calendar cmath codecs collections colorsys configparser copy csv ctypes
  dataclasses datetime decimal difflib email encodings enum errno fractions functools gc getpass glob gzip hashlib heapq hmac
  html http importlib inspect io ipaddress itertools json keyword locale logging math mimetypes multiprocessing numbers operator
  os pathlib pickle pkgutil platform pprint queue random re secrets select shutil signal site socket sqlite3 ssl stat statistics
  string struct subprocess sys sysconfig tempfile textwrap threading time timeit tkinter token tokenize tomllib traceback types
  typing unicodedata unittest urllib uuid venv warnings wave weakref xml zipfile zlib zoneinfo distutils ensurepip _ssl _sqlite3
  numpy pandas scipy sklearn matplotlib seaborn torch torchvision torchaudio tensorflow keras jax jaxlib transformers datasets
  django flask fastapi starlette uvicorn gunicorn celery requests httpx aiohttp urllib3 certifi yaml toml tomli PIL cv2 bs4 lxml
  pydantic sqlalchemy alembic psycopg psycopg2 pymongo redis boto3 botocore click typer rich jinja2 pytest pip setuptools wheel
  mypy black ruff openai anthropic tiktoken langchain polars pyarrow plotly streamlit networkx sympy nltk spacy cryptography`.split(
    /\s+/,
  ),
);
const imports = /(^|[;\n])\s*import\s+([\w.]+(?:\s*,\s*[\w.]+)*)\s*(?=[;\n]|$)/g;

/** The modules that code in Python imports by their names, without the parts after a dot. */
export function importedModules(code: string): readonly string[] {
  return Array.from(code.matchAll(imports), ([, , names = '']) => names.split(/\s*,\s*/).map(rootOf)).flat();
}

function rootOf(module: string): string {
  return module.trim().split('.', 1)[0] ?? '';
}

/** Words that bind names or define things, with which any name could come to mean anything. */
const binding =
  /\b(?:from|as|for|def|class|lambda|with|function|let|const|var|global|nonlocal|async|await|yield|new|del|exec|eval|while|try|except|raise|throw|import\s*\()\b/;

/**
 * Whether code in Python or JavaScript plainly does no more than compute and print: no assignment, no definition, and no
 * call but those of a short list; only known modules are imported, since any other runs code of its own, and `require` counts
 * only for JSON files. Anything else is code that nothing is known about.
 */
export function isPlainCode(code: string): boolean {
  if (/\b(process\.env|os\.environb?|Bun\.env)\b(?!\s*(\.|\[))/.test(code)) return false;
  if (code.length > 400 || code.includes(string) || /[`@\\{}]|=>|\$|'''|"""/.test(code)) return false;
  const strings: string[] = [];
  const bare = code.replace(/([A-Za-z]*)("[^"\n]*"|'[^'\n]*')/g, (_, prefix: string, text: string) => {
    strings.push(text.slice(1, -1));
    return prefix === '' ? string : `${prefix}?`;
  });
  // A slash may start a regular expression or a comment, in which quotes mean something else.
  if (/[?'"#/]/.test(bare) || /__/.test(bare.replace(/__(version|name|file|doc)__/g, ''))) return false;
  if (!importedModules(bare).every((module) => knownModules.has(module))) return false;
  const withoutImports = bare.replace(imports, '$1');
  if (/\bimport\b/.test(withoutImports) || binding.test(withoutImports)) return false;
  if (/(?<![=!<>])=(?!=)/.test(withoutImports.replace(/[<>=!]==?/g, '<'))) return false;
  let stringAt = 0;
  for (const match of withoutImports.matchAll(stringOrCall)) {
    if (match[0] === string) {
      stringAt++;
      continue;
    }
    const callee = match[1];
    if (callee === undefined || keywords.has(callee)) continue;
    if (callee === 'require' ? strings[stringAt]?.endsWith('.json') !== true : !harmlessCalls.has(callee)) return false;
  }
  return true;
}

/**
 * Whether code for dc plainly does no more than compute and print. `!` starts a program, `?` and `x` run what comes in or lies
 * on the stack, and `a` makes text of numbers, so these and texts in brackets are none of it.
 */
export function isPlainDc(code: string): boolean {
  return code.length <= 4096 && /^(?:[\d\sA-F._+\-*/%~^|vpnfcdrRkioKIOzZ]|[sl][a-z])*$/.test(code);
}
