export { type FieldType, type ObjectType, apiFile, kubernetesApi, typeOfKind } from './api-types';
export { type Match, type Matches, isSingle, matchFields, plain } from './match-fields';
export { type ApiSchema, type KubernetesApi } from './recorded-api';
export { kindOfResource, resourceOfKind } from './resource-of-kind';
