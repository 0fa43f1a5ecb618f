// Takes the place, in bundles, of packages that are imported and never used. CommonJS, so that any name can be imported.
module.exports = {};
