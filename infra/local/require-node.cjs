// Preloaded by the npm scripts, and written so that every Node can read it: an older one fails on the first .ts file
// with a message that helps nobody.
const OLDEST = [22, 18];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Kinerja needs Node ${OLDEST.join('.')} or later (24 is what it is deployed on); this is ${process.versions.node}.\n` +
      'On Linux x64 "npm ci" brings Node 24 along, unless optional dependencies are left out; elsewhere install it.\n',
  );
  process.exit(1);
}
