export {
  type HardwareProfile,
  type ImageFacts,
  type Schematic,
  bootImage,
  hardwareProfiles,
  imageSchematics,
  installerImage,
  schematicOf,
} from './schematic';
export { type Machine, type MachineProps, type SecretPatch, machine } from './machine';
export { type Deletion, type MachinePatch, machinePatches } from './machine-patches';
export { type GrantedSeconds, grantedSeconds, kubeletSettings } from './kubelet';
export { kubeletSettingsIn, volumeKeysIn } from './read-patches';
export { rules } from './rules';
