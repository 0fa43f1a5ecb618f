/** The package names a file of types that it does not contain. */
declare module 'asl-validator' {
  interface Validation {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  export default function aslValidator(
    definition: object,
    options: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): Validation;
}
