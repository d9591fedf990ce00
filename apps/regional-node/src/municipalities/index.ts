export { Municipalities } from './municipalities.js';
export { MunicipalitiesController } from './municipalities.controller.js';
export { LoadMunicipalitiesRequest, MunicipalityTableState } from './municipalities.dto.js';
export { MunicipalitiesModule } from './municipalities.module.js';
export { MunicipalityList } from './municipality-list.entity.js';
export { UnknownMunicipality } from './unknown-municipality.entity.js';
