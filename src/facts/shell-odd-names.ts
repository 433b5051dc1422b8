import type { Machine } from './shell-machine.js';

const windowsPrograms = new Set(
  'cmd powershell pwsh del erase rd format deltree xcopy robocopy icacls cacls takeown attrib diskpart vssadmin wbadmin bcdedit certutil bitsadmin rundll32 regsvr32 mshta wmic schtasks taskkill reg regedit sc netsh cipher fsutil gci gc gp saps sal nsn cscript wscript msiexec installutil regasm iwr irm ri ni rni start-process'.split(
    ' ',
  ),
);
/** Cmdlets that are flagged in lower case too; of the others, only PowerShell's own spelling is. */
const lowerCmdlets = new Set(
  'remove-item invoke-expression invoke-webrequest invoke-restmethod invoke-command set-content add-content clear-content get-content out-file start-process stop-process copy-item move-item new-item rename-item get-childitem set-executionpolicy set-itemproperty remove-itemproperty new-object get-item set-acl stop-computer restart-computer'.split(
    ' ',
  ),
);
const verbs =
  'add|clear|close|copy|disable|enable|enter|exit|export|find|format|get|import|install|invoke|join|move|new|open|out|read|remove|rename|reset|restart|restore|resume|save|send|set|start|stop|suspend|uninstall|unblock|update|write|convertto|convertfrom|foreach|where|select|test';
const cmdlet = new RegExp(`^(?:${verbs})-[a-z]{3,}$`, 'i');

/** Names that the shell or another system reads in a way of its own. */
export function noteOddNames(machine: Machine, text: string): void {
  const { reasons } = machine.findings;
  const c = text.charCodeAt(0);
  if (c === 33 || c === 94) reasons.add('history-expansion');
  if (c === 61 || c === 37) reasons.add('alias');
  const base = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1).toLowerCase();
  const name = base.endsWith('.exe') ? base.slice(0, -4) : base;
  if (machine.scope.bindings.has(`${text}()`) || (text.includes('/') && name === base)) return;
  if (windowsPrograms.has(name) || lowerCmdlets.has(name) || /^[a-z]:(?!\/\/)/i.test(text))
    reasons.add('windows-shell');
  else if (name.includes('-') && cmdlet.test(base) && /[A-Z]/.test(text)) reasons.add('windows-shell');
}
