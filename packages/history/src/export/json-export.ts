import type { ExportFormat } from './export-conversation.js';

/** The form that `export.schema.json` of this package describes. It grows by new members only. */
export const jsonExport: ExportFormat = {
  begin: ({ contact, ownName, idText }) => {
    const head = {
      format: 'gravy-history',
      version: 1,
      ownName,
      contact: { id: idText(contact.id), name: contact.name, verified: contact.verified },
    };
    return `${JSON.stringify(head).slice(0, -1)},"messages":[`;
  },
  message: (message, { idText }, isFirst) => {
    const { id, direction, at, receivedAt, text, replyTo, state, file } = message;
    const written = {
      id: idText(id),
      direction,
      at,
      receivedAt,
      state,
      replyTo: replyTo === undefined ? undefined : idText(replyTo),
      ...(file === undefined ? { text } : { file: { name: text, ...file } }),
    };
    return `${isFirst ? '' : ','}\n${JSON.stringify(written)}`;
  },
  end: () => '\n]}\n',
};
