import { home } from '@home/home';
import { summarize } from '@home/kubernetes';
import { type Task } from '@tools/nx-home';
import { describeHome } from '@tools/nx-home/describe';

/** The images that the home runs, each once. */
const usedImages: Task<undefined, readonly string[]> = (root) => {
  const { owned } = describeHome(root, () => true);
  const used = summarize(owned).flatMap(({ images, helperImages }) => [...images, ...helperImages]);
  return [...new Set([...used, home.images.litestream, home.images.replicaVerify])];
};

export default usedImages;
