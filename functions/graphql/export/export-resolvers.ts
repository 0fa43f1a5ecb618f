import { renderTable } from '../../export/render-table.ts';
import { readExport, requestExport } from '../../usecases/export/request-export.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';

export const exportResolvers: Resolvers = {
  Query: {
    exportTable: async (_, { input }, { deps, actor, locale }) => {
      const { columns, rows } = await readExport(deps, actor, input, locale);
      const table = { columns, pages: [rows] };
      const { content, contentType, fileName } = renderTable(input, table, input.format, locale);
      const base64 = Buffer.concat(await Array.fromAsync(content)).toString('base64');
      return { rows: rows.length, fileName, contentType, base64 };
    },
  },
  Mutation: {
    requestExport: (_, { input }, context) =>
      mutate(
        context,
        () => requestExport(context.deps, context.actor, input, context.locale),
        (job) => ({ job }),
      ),
  },
};
