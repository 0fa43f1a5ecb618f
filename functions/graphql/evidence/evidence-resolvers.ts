import { confirmEvidence } from '../../usecases/evidence/confirm-evidence.ts';
import type { EvidenceOutcome } from '../../usecases/evidence/evidence-target.ts';
import { filesOfRealisation, linkEvidence } from '../../usecases/evidence/link-evidence.ts';
import { removeEvidence } from '../../usecases/evidence/remove-evidence.ts';
import { type EvidenceUpload, requestEvidenceUpload } from '../../usecases/evidence/request-upload.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';

const asEvidenced = (outcome: EvidenceOutcome | null) => outcome ?? { activity: null, realisation: null };

const asUpload = (upload: EvidenceUpload | null) => ({
  upload: upload && {
    ...upload,
    fields: Object.entries(upload.fields).map(([name, value]) => ({ name, value })),
  },
});

export const evidenceResolvers: Resolvers = {
  Query: {
    evidenceLink: (_, args, { deps, actor }) => linkEvidence(deps, actor, args),
  },
  Mutation: {
    requestEvidenceUpload: (_, { input }, context) =>
      mutate(context, () => requestEvidenceUpload(context.deps, context.actor, input), asUpload),
    confirmEvidence: (_, { input }, context) =>
      mutate(context, () => confirmEvidence(context.deps, context.actor, input), asEvidenced),
    removeEvidence: (_, { input }, context) =>
      mutate(context, () => removeEvidence(context.deps, context.actor, input), asEvidenced),
  },
  Realisation: {
    files: (realisation, _, { deps, actor }) => filesOfRealisation(deps, actor, realisation),
  },
};
