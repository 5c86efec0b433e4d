import type { PostId } from "../contracts/post.ts";

/** The full id of a post (`platform:native-id`), given its native id or already the full one. */
export function fullId(platform: string, id: string): PostId {
  return id.startsWith(`${platform}:`) ? id : `${platform}:${id}`;
}
