import { type Task } from '@tools/nx-home';
import { type Import, describeHome, namespaceOf, offersTo } from '@tools/nx-home/describe';

/** A namespace of the home, and how code imports its name. */
export interface OfferedNamespace extends Import {
  readonly namespace: string;
}

/** The namespaces that the workloads of a stack may import. */
const namespacesFor: Task<{ readonly stack: string }, readonly OfferedNamespace[]> = (root, { stack }) =>
  offersTo(
    stack,
    root,
    describeHome(root, () => true),
  ).flatMap(({ from, name, value }) => {
    const namespace = namespaceOf(value);
    return namespace === undefined ? [] : [{ namespace, from, name }];
  });

export default namespacesFor;
