import { ApiError } from '../tmf/errors.ts';

/** The algorithms a DPoP proof may be signed with. */
export const PROOF_ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'] as const;

export type Scheme = 'Bearer' | 'DPoP';

const ALGORITHMS = `algs="${PROOF_ALGORITHMS.join(' ')}"`;

/** The token is missing or not acceptable. Every such answer has the same form, whatever is wrong with the token. */
export function unauthorized(message: string, scheme: Scheme = 'Bearer'): ApiError {
  const challenge =
    scheme === 'DPoP'
      ? `DPoP error="invalid_token", ${ALGORITHMS}`
      : `Bearer error="invalid_token", DPoP ${ALGORITHMS}`;
  return new ApiError(401, 'invalidToken', 'A valid access token is needed', {
    message,
    headers: { 'WWW-Authenticate': challenge },
  });
}

/** The token is fine, and the proof that it belongs to the caller is not (RFC 9449, section 7.1). */
export const invalidProof = (message: string): ApiError =>
  new ApiError(401, 'invalidDpopProof', 'A valid DPoP proof is needed', {
    message,
    headers: { 'WWW-Authenticate': `DPoP error="invalid_dpop_proof", ${ALGORITHMS}` },
  });

/** The caller is to make a new proof around a nonce of the gateway (RFC 9449, section 9). */
export const useNonce = (nonce: string): ApiError =>
  new ApiError(401, 'useDpopNonce', 'A DPoP proof with a nonce is needed', {
    message: 'Make a new proof with the nonce of the DPoP-Nonce header.',
    headers: { 'WWW-Authenticate': `DPoP error="use_dpop_nonce", ${ALGORITHMS}`, 'DPoP-Nonce': nonce },
  });

export const insufficientScope = (missing: readonly string[], scheme: Scheme): ApiError =>
  new ApiError(403, 'insufficientScope', 'The access token does not allow this', {
    message: `It needs the scope ${missing.join(' ')}.`,
    headers: { 'WWW-Authenticate': `${scheme} error="insufficient_scope", scope="${missing.join(' ')}"` },
  });
