import { namesMetadata } from './code-addresses.js';

/** What code does that no project asks for. */
export interface SourceHarm {
  /** It gives a shell to another machine, takes secrets or the environment away, or deletes outside of its project. */
  readonly code: boolean;
  /** It asks the service that tells a machine of a cloud its credentials. */
  readonly metadata: boolean;
}

/** Calls that open a connection, in one language or another. */
const connects =
  /\bnet\.(?:Dial\w*|connect|createConnection|Socket)\b|\btls\.(?:Dial|connect)|\bTcpStream\b|\bnew\s+(?:[\w.]+\.)?(?:Socket|TcpClient)\s*\(|\bSocket\s*\(\s*["'`]|\bSocket\.connect|\bTCPSocket\b|\bTCPSocket\.(?:new|open)|\bfsockopen|\bstream_socket_client|\bsocket_connect|\bIO::Socket|\bgen_tcp|\bNWConnection|\bDeno\.connect|\bBun\.connect|\bconnect\s*\(|\bcreate_connection|\btcpConnectTo\w*|\bsocket\.tcp\b|\bCFStreamCreatePair\w*|\bDatagramSocket\b|\.send(?:to|all)\s*\(/;
/** Requests over the web, which can carry something away. */
const requests =
  /\b(?:requests\.\w+|urlopen|httpx\.\w+|http\.client|fetch\s*\(|axios\b|got\s*[.(]|https?\.(?:request|get|post|Post\w*|Get|NewRequest\w*)|HttpClient|HttpURLConnection|openConnection|URLSession|reqwest|ureq|Net::HTTP|HTTParty|Faraday|LWP|HTTP::Tiny|file_get_contents\s*\(\s*["'`]https?:|curl_(?:exec|easy_perform)|HTTPoison|Req\.(?:get|post)|:httpc|httpc:request|Http\.\w+|okhttp|WebClient|UploadString|std\.http|HTTP::Client|newHttpClient)/i;
/** A shell by its name, as a text of its own. */
const shellName =
  /["'`](?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k|a|c|tc)?sh(?:\s+-i)?["'`]|["'`](?:cmd|powershell|pwsh)(?:\.exe)?["'`]|\b\/bin\/(?:ba|z|da)?sh\b/;
/** Calls that start another program. */
const starts =
  /\bexec\.Command\w*|\bCommand(?:::new|\s*\()|\bProcessBuilder|\bgetRuntime\b|\bexec\w*\s*[("'`]|\bProcess\.(?:Start|start|run|new|spawn)|\bProcess\s*\(|\bnew\s+Process\b|\bProcessStartInfo|\bpopen\w*|\bPopen\b|\bspawn\w*|\bdup2\b|\bsystem\s*\(|\bproc_open|\bos\.execute|\bSystem\.cmd|\bPort\.open|\bopen_port|\bopen3|\bsubprocess\b|\bcreateProcess\b|\bexecve?\w*\b|\bposix_spawn/i;
/** Addresses of this machine, and any address or host with a port. */
const ownPlace = /["'`/@](?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?)(?=[:"'`/])/;
const place =
  /["'`/@](?!(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)\b)(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[a-z0-9-]+\.)+[a-z]{2,})(?=[:"'`/])/i;

/** Whether what it connects to may be another machine: one is named, or none at all. */
function goesElsewhere(text: string): boolean {
  return place.test(text) || !ownPlace.test(text);
}

const secretFiles =
  /\bid_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\.aws["'`,\s/\\)+]{1,8}credentials|\.netrc\b|\.git-credentials\b|\/etc\/shadow\b|\.(?:ba|z)sh_history\b|\.gnupg\b|\.pgpass\b|\bKeychains\b|["'`]Login Data["'`]|\bwallet\.dat\b|\.docker["'`,\s/\\]{1,8}config\.json/;
const opens =
  /\b(?:open|read\w*|slurp|cat|fopen|ifstream|File\w*|Files\.\w+|include\w*|copy\w*|ReadAll\w*)\s*[.(!["'`]|\breadFile\w*|read_to_string|ReadAllText|contentsOf/i;
const wholeEnvironment =
  /\bos\.environb?\b(?!\s*(?:\[|\.(?:get|setdefault|pop|update|copy)\b))|\bprocess\.env\b(?!\s*(?:\.|\[|\?\.))|\bENV\.(?:to_h|to_a|inspect|map|each)|\bos\.Environ\(|\benv::vars(?:_os)?\(|\bSystem\.getenv\(\s*\)|\bDeno\.env\.toObject|\bGetEnvironmentVariables\(|\bgetenv\(\s*\)|\bSystem\.get_env\(\s*\)|\bPlatform\.environment\b(?!\s*\[)|\bProcessInfo\.processInfo\.environment\b(?!\s*\[)|\bsys\.env\b(?!\s*(?:\(|\.get))|\bextern\s+char\s*\*\*\s*environ|%ENV\b|\$_ENV\b(?!\s*\[)/;
const deletes =
  /\b(?:os\.RemoveAll|remove_dir_all|deleteRecursively|deleteDirectory|FileUtils\.(?:rm\w*|deleteDirectory)|Directory\.Delete|removeItem|fs::remove_all|remove_all|rmtree|rm_rf!?|(?:fs\.)?(?:promises\.)?rm(?:Sync)?|remove_tree|File\.rm_rf!?|removeDirectoryRecursive|removeDir|delete\s*\(\s*recursive|deleteTree|os\.removedirs)\b/g;
/** Folders that are not of the project: the person's, the system's. */
const outside =
  /expanduser|homedir|Path\.home|home_dir|UserHomeDir|user\.home|NSHomeDirectory|homeDirectory|\bHOME\b|["'`](?:~|\/(?:home|etc|usr|var|Users|root|opt|srv)?)(?:\/|["'`])/;
/** A name and the folder outside that it is given. */
const namedOutside =
  /(?:^|[\s({;,])\$?(\w{1,40})(?:,\s*_)?(?:\s*:\s*\w+)?\s*:?=[^\n=;]{0,80}(?:expanduser|homedir|Path\.home|home_dir|UserHomeDir|user\.home|NSHomeDirectory|homeDirectory|\bHOME\b)/g;

function deletesOutside(text: string): boolean {
  const names = [...text.matchAll(namedOutside)].map(([, name = '']) => name);
  for (const { index } of text.matchAll(deletes)) {
    const before =
      text
        .slice(Math.max(0, index - 80), index)
        .split(/[;\n]/)
        .at(-1) ?? '';
    const after = text.slice(index, index + 120).split(/[;\n]/, 1)[0] ?? '';
    const line = before + after;
    if (outside.test(line)) return true;
    if (names.some((name) => new RegExp(`\\b${name}\\b`).test(line))) return true;
  }
  return false;
}

/** What a test of such a guard says, rather than code that asks for it. */
const asserts =
  /\b(?:expect|assert\w*|should|t\.(?:Error|Fatal|Run)\w*|blocked|isPrivate\w*|is_private|ssrf|mock\w*)\b/i;

/** What code in any language does, as far as calls and texts tell. */
export function harmOfSource(text: string): SourceHarm {
  const hasRequests = requests.test(text);
  const sends = hasRequests || connects.test(text);
  const isShell = sends && connects.test(text) && shellName.test(text) && starts.test(text) && goesElsewhere(text);
  const takes = sends && goesElsewhere(text) && (wholeEnvironment.test(text) || secretFiles.test(text));
  const code = isShell || takes || (secretFiles.test(text) && opens.test(text)) || deletesOutside(text);
  return { code, metadata: sends && !asserts.test(text) && namesMetadata(text) };
}
