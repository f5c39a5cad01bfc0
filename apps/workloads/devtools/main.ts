// IT-Tools, small tools for developers. https://github.com/CorentinTh/it-tools
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';

export const devtools = webApp('devtools', {
  namespace: apps,
  image: 'ghcr.io/corentinth/it-tools:2024.10.22-7ca5933',
  port: 80,
  host: 'devtools',
  memory: '32Mi',
  env: { VITE_TRACKER_ENABLED: false },
  dashboard: { title: 'Developer Tools' },
});

export default devtools;
