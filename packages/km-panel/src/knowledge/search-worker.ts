import { serveSearch } from '../search/index.js';
import { indexStore } from './index-store.js';

serveSearch(self, indexStore());
