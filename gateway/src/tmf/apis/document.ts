import * as shapes from '../shapes/tmf667.ts';
import { api } from './common.ts';

const resource = api('document', 'document');

export const document = resource({
  type: 'Document',
  attributes: shapes.document,
  stamps: { created: 'creationDate', changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'lifecycleState',
    initial: 'draft',
    open: true,
    transitions: {
      draft: ['inReview', 'published', 'retired'],
      inReview: ['draft', 'published'],
      published: ['draft', 'retired'],
      retired: ['draft'],
    },
  },
  idPrefix: 'DOC-',
});

/** TMF667 Document Management: knowledge articles. */
export const documentManagement = [document];
