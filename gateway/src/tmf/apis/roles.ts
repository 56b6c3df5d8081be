import * as shapes from '../shapes/tmf672.ts';
import { api, customersIn, withoutDelete } from './common.ts';

const resource = api('rolesAndPermissions', 'role', ['/userrolepermission/v4']);

export const userRole = resource({
  type: 'UserRole',
  attributes: shapes.userRole,
  operations: withoutDelete,
  required: ['entitlement'],
  defaults: { involvementRole: 'user' },
  idPrefix: 'ROLE-',
});

export const permission = resource({
  type: 'Permission',
  attributes: shapes.permission,
  operations: withoutDelete,
  required: ['user', 'validFor'],
  stamps: { created: 'creationDate' },
  customerIds: customersIn('user'),
  idPrefix: 'PERM-',
});

/** TMF672 User Roles and Permissions. Its file has a base path unlike every other's, which is served as well. */
export const rolesAndPermissions = [userRole, permission];
