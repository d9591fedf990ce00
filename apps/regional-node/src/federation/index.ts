export { Forms } from './forms.js';
export { FederationModule } from './federation.module.js';
export { Manifests } from './manifests.js';
export { RegionKeys } from './region-keys.js';
export { Registers } from './registers.js';
export { ReleaseWindow } from './release-window.js';
export { StoredManifest } from './stored-manifest.entity.js';
export { StoredRegister } from './stored-register.entity.js';
