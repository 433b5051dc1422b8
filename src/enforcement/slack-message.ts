/** What a Slack message tells of a request for approval. */
export interface SlackRequest {
  readonly action: string;
  readonly reason: string;
  /** Id of the request, which the buttons carry as their value. */
  readonly id?: string;
}

/** The body of a Slack message that asks for approval, with a button for each answer. */
export function slackMessage({ action, reason, id }: SlackRequest): object {
  const button = (text: string, actionId: string): object => ({
    type: 'button',
    text: { type: 'plain_text', text },
    action_id: actionId,
    ...(id === undefined ? {} : { value: id }),
  });
  return {
    text: `Action requires approval: ${escaped(action)}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*Action:* ${escaped(action)}` } },
      { type: 'section', text: { type: 'mrkdwn', text: `*Reason:* ${escaped(reason)}` } },
      { type: 'actions', elements: [button('Approve', 'approve'), button('Reject', 'reject')] },
    ],
  };
}

/** Slack reads `&`, `<` and `>` as markup, such as a mention of everybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
