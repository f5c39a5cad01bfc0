export { hardwareProfiles, type HardwareProfile } from './hardware';
export { bootImage, installerImage } from './image';
export { imageSchematic } from './image-schematic';
export { type Machine, type MachineProps, machine, talosEndpoint } from './machine';
export { type Deletion, type MachinePatch, machinePatches } from './machine-patches';
export { type Schematic, schematicOf } from './schematic';
export { rules } from './rules';
