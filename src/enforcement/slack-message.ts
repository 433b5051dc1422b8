import { type OptionRules, required, requireOptions, TEXT } from '../diagnostics/check-options.js';

/** What a Slack message tells of a request for approval. */
export interface SlackRequest {
  readonly action: string;
  readonly reason: string;
  /** Id of the request, which the buttons carry as their value. */
  readonly id?: string;
}

/** Most characters of the text of a section, and of the value of a button. */
const LONGEST_TEXT = 3000;
const LONGEST_VALUE = 2000;

const REQUEST: OptionRules = {
  action: required(TEXT),
  reason: required(TEXT),
  id: {
    allowed: `a text of at most ${LONGEST_VALUE} characters`,
    test: (value) => typeof value === 'string' && value.length <= LONGEST_VALUE,
  },
};

/**
 * The body of a Slack message that asks for approval, with a button for each answer. Texts that are longer than Slack
 * takes end with `…`. Other members of the request are left out.
 */
export function slackMessage(request: SlackRequest): object {
  if (typeof request !== 'object' || request === null)
    throw new TypeError('slackMessage() takes a request `{ action, reason }`');
  const { action, reason, id } = request;
  requireOptions({ action, reason, id }, REQUEST, 'slackMessage()');
  const button = (text: string, actionId: string): object => ({
    type: 'button',
    text: { type: 'plain_text', text },
    action_id: actionId,
    ...(id === undefined ? {} : { value: id }),
  });
  return {
    text: shown('Action requires approval: ', action),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: shown('*Action:* ', action) } },
      { type: 'section', text: { type: 'mrkdwn', text: shown('*Reason:* ', reason) } },
      { type: 'actions', elements: [button('Approve', 'approve'), button('Reject', 'reject')] },
    ],
  };
}

/** A text behind what it is, both no longer than Slack takes; an escape is never cut in two. */
function shown(label: string, text: string): string {
  const room = LONGEST_TEXT - label.length;
  const whole = text.length > room ? undefined : escaped(text);
  if (whole !== undefined && whole.length <= room) return label + whole;
  let kept = '';
  for (const character of text) {
    const next = escaped(character);
    if (kept.length + next.length >= room) break;
    kept += next;
  }
  return `${label}${kept}…`;
}

/** Slack reads `&`, `<` and `>` as markup, such as a mention of everybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
