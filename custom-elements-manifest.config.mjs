export default {
  litelement: true,
  // It would write where it put the manifest into the package.json of the folder it runs in; ours say it already.
  packagejson: false,
};
