/** Everything below this path answers as the BRP API. */
export const API_PATH = '/haalcentraal/api/brp';
