/** Made by the build: for each element the files of its code, relative to the autoloader, its entry first. */
declare module 'element-files' {
  export const elementFiles: Readonly<Record<string, readonly string[]>>;
}
