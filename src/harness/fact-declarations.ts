/** What kind of text a parameter holds, which decides the facts computed about it. */
export type FactKind = 'shell' | 'path' | 'url' | 'text';

const NAMES: Readonly<Record<FactKind, readonly string[]>> = {
  shell: ['command', 'cmd', 'script', 'shell_command', 'bash_command', 'command_line', 'commandline', 'shell_script'],
  path: [
    'path',
    'file_path',
    'filepath',
    'file',
    'filename',
    'notebook_path',
    'directory',
    'dir',
    'folder',
    'source',
    'destination',
    'target_file',
    'target_path',
    'source_path',
    'destination_path',
    'old_path',
    'new_path',
    'input_path',
    'output_path',
    'output_file',
    'absolute_path',
    'relative_path',
    'relative_workspace_path',
    'directory_path',
    'folder_path',
    'target_directory',
    'search_directory',
    'search_path',
    'repo_path',
    'file_name',
    'dest',
    'dst',
    'src',
    'glob',
    'glob_pattern',
    'file_pattern',
    'include_pattern',
    'cwd',
    'workdir',
    'working_dir',
    'working_directory',
  ],
  url: [
    'url',
    'uri',
    'href',
    'link',
    'endpoint',
    'webhook_url',
    'target_url',
    'page_url',
    'base_url',
    'callback_url',
    'image_url',
    'website',
  ],
  text: [
    'text',
    'content',
    'prompt',
    'body',
    'message',
    'new_string',
    'new_source',
    'new_str',
    'new_text',
    'file_text',
    'code_edit',
    'comment',
    'instructions',
    'commit_message',
    'query',
    'description',
    'subject',
    'title',
  ],
};

const BY_FORMAT: Readonly<Record<string, FactKind>> = {
  uri: 'url',
  'uri-reference': 'url',
  iri: 'url',
  url: 'url',
  path: 'path',
  'file-path': 'path',
};

const KIND_OF_NAME: ReadonlyMap<string, FactKind> = new Map(
  (['shell', 'path', 'url', 'text'] as const).flatMap((kind) => NAMES[kind].map((name) => [name, kind] as const)),
);

/**
 * The kind of a parameter that the tool does not declare: by its JSON Schema `format`, else by its name, with letter
 * case, `-` and camel case folded (`filePath` is `file_path`); undefined when nothing is known.
 */
export function defaultFactKind(name: string, format: string | undefined): FactKind | undefined {
  const byFormat = format !== undefined && Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format] : undefined;
  if (byFormat !== undefined) return byFormat;
  const folded = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return KIND_OF_NAME.get(folded);
}
