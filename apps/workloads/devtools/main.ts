// IT-Tools, small tools for developers. https://github.com/CorentinTh/it-tools
// It keeps nothing: nginx and files that browsers run. Open on purpose, as there is nothing to protect.
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';

export const devtools = webApp('devtools', {
  namespace: apps,
  image: 'ghcr.io/corentinth/it-tools:2024.10.22-7ca5933',
  port: 80,
  host: 'devtools',
  public: true,
  memory: '32Mi',
  memoryLimit: '96Mi',
  // nginx, in the image that its own is made from: https://github.com/nginx/docker-nginx (stable/alpine/Dockerfile)
  user: { uid: 101, gid: 101 },
  // What nginx writes: https://github.com/nginx/docker-nginx-unprivileged
  scratch: ['/run', '/var/cache/nginx'],
  dashboard: { title: 'Developer Tools' },
});

export default devtools;
