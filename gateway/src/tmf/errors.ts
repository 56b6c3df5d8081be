/** An answer other than success, in the words of the caller's problem. Its body has the TM Forum error shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    reason: string,
    options: { message?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(options.message ?? reason);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.reason = reason;
    this.headers = options.headers ?? {};
  }
}

export interface ErrorBody {
  code: string;
  reason: string;
  message: string;
  status: string;
  '@type': 'Error';
}

export function errorBody(error: ApiError): ErrorBody {
  return {
    code: error.code,
    reason: error.reason,
    message: error.message,
    status: String(error.status),
    '@type': 'Error',
  };
}

export const badRequest = (code: string, message: string): ApiError =>
  new ApiError(400, code, 'The request is not valid', { message });

export const notFound = (message: string): ApiError =>
  new ApiError(404, 'notFound', 'There is no such resource', { message });

export const conflict = (code: string, message: string): ApiError =>
  new ApiError(409, code, 'The resource is not in a state that allows this', { message });

export const preconditionFailed = (message: string): ApiError =>
  new ApiError(412, 'preconditionFailed', 'The resource was changed by someone else', { message });
