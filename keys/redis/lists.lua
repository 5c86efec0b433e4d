-- Lists of members by key. A member is eight bytes: of a wording its number (seven bytes) and how many passages it has,
-- at most 63 (one byte); of a post two hashes of its id. Numbers are written lowest byte first.
--
-- Most lists have one member, so they lie together in hashes: some bits of the key name the hash, the rest the field.
-- A hash of up to 128 short fields takes 14 bytes an entry. What grows beyond ROOM moves into a sorted set of its own,
-- lowest first, and leaves MOVED behind.
local call, sub, byte, char = redis.call, string.sub, string.byte, string.char
local PREFIX = KEYS[1]
local MODULUS = tonumber(ARGV[5])
local MOVED, ROOM = 'Z', 7

local function list(table, of, hub, representatives, common)
  hub, representatives, common = tonumber(hub), tonumber(representatives), tonumber(common or 2 ^ 53)
  local room = math.min(ROOM, hub, common)
  return { table = table, of = of, hub = hub, representatives = representatives, common = common, room = room }
end
local PASSAGES = list('p', 'wording', ARGV[7], ARGV[8], ARGV[6])
local OWN = list('o', 'post', ARGV[9], ARGV[10])
local SHOWS = list('s', 'post', ARGV[9], ARGV[10])
-- A post's referrers are all met, however many.
local REFERS = list('r', 'post', 2 ^ 53, 1)
-- In a group the representatives meet all and the others only them, which is what a hub does.
local GROUP = list('g', 'post', ARGV[11], ARGV[11])

-- What is known of posts in this call, by member.
local posts = {}

local function readPost(member)
  local post = posts[member]
  if post == nil then
    local text = call('GET', PREFIX .. 'i' .. member)
    post = false
    if text then
      local id, wording, own, refers, shows, hour = cmsgpack.unpack(text)
      post = { id = id, member = member, wording = wording, own = own, refers = refers, shows = shows, hour = hour }
    end
    posts[member] = post
  end
  return post
end

local function bucket(l, key)
  return PREFIX .. l.table .. sub(key, 1, 2) .. char(byte(key, 3) % MODULUS), sub(key, 3)
end

local function movedTo(l, key)
  return PREFIX .. 'z' .. l.table .. key
end

-- How a member stands in a sorted set: posts with equal first hashes are in the order of their ids.
local function scored(l, member)
  if l.of == 'wording' then return struct.unpack('<I7', member), member end
  return struct.unpack('<I4', member), readPost(member).id .. '\0' .. member
end

local function bare(l, members)
  if l.of == 'post' then
    for i, member in ipairs(members) do members[i] = sub(member, -8) end
  end
  return members
end

local function split(value)
  local members = {}
  for at = 1, #value, 8 do members[#members + 1] = sub(value, at, at + 7) end
  return members
end

local function range(l, set, from, to)
  return bare(l, call('ZRANGE', set, from, to))
end

local function represents(l, set, member)
  local _, name = scored(l, member)
  local rank = call('ZRANK', set, name)
  return rank and rank < l.representatives
end

local function without(members, member)
  local others = {}
  for _, other in ipairs(members) do
    if other ~= member then others[#others + 1] = other end
  end
  return others
end

-- Whom a member meets; without one, whom somebody meets who looks for the list from outside.
local function met(l, key, member)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return {} end
  if value ~= MOVED then return without(split(value), member) end
  local set = movedTo(l, key)
  local all = call('ZCARD', set) <= l.hub or (member and represents(l, set, member))
  return without(range(l, set, 0, all and -1 or l.representatives - 1), member)
end

local function size(l, key)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return 0 end
  return value == MOVED and call('ZCARD', movedTo(l, key)) or #value / 8
end

local function members(l, key)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return {} end
  return value == MOVED and range(l, movedTo(l, key), 0, -1) or split(value)
end

local function representatives(l, key)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return {} end
  return value == MOVED and range(l, movedTo(l, key), 0, l.representatives - 1) or split(value)
end

-- Whether a member is met by all others and by those who look from outside.
local function isMet(l, key, member)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return false end
  local set = movedTo(l, key)
  return value ~= MOVED or call('ZCARD', set) <= l.hub or represents(l, set, member)
end

local function meet(l, key, a, b)
  return isMet(l, key, a) or isMet(l, key, b)
end

-- Puts a member on a list. Answers whom it meets there (of a common list nobody: see alikeBy), how many are on it now,
-- and who may share less than before.
local function join(l, key, member)
  local hash, field = bucket(l, key)
  -- Most are the first on their list.
  if call('HSETNX', hash, field, member) == 1 then return {}, 1, {} end
  local value = call('HGET', hash, field)
  local set = movedTo(l, key)
  if value ~= MOVED then
    local others = split(value)
    if #others < l.room then
      call('HSET', hash, field, value .. member)
      return others, #others + 1, {}
    end
    for _, other in ipairs(others) do call('ZADD', set, scored(l, other)) end
    call('HSET', hash, field, MOVED)
  end
  call('ZADD', set, scored(l, member))
  local count = call('ZCARD', set)
  -- A passage that is common or a hub now counts for less, for its representatives as well.
  if l == PASSAGES and (count == l.common + 1 or count == l.hub + 1) then return {}, count, range(l, set, 0, -1) end
  local speaks = count > l.hub and represents(l, set, member)
  local parted = {}
  if count == l.hub + 1 then parted = range(l, set, l.representatives, -1)
  elseif speaks then parted = range(l, set, l.representatives, l.representatives) end
  if count > l.common then return {}, count, parted end
  local all = count <= l.hub or speaks
  return without(range(l, set, 0, all and -1 or l.representatives - 1), member), count, parted
end

-- Takes a member off a list. Answers who may meet more than before.
local function leave(l, key, member)
  local hash, field = bucket(l, key)
  local value = call('HGET', hash, field)
  if not value then return {} end
  if value ~= MOVED then
    local left = table.concat(without(split(value), member))
    if left == '' then call('HDEL', hash, field) else call('HSET', hash, field, left) end
    return {}
  end
  local set = movedTo(l, key)
  local count, spoke = call('ZCARD', set), represents(l, set, member)
  local _, name = scored(l, member)
  call('ZREM', set, name)
  if count == 1 then call('HDEL', hash, field) end
  -- In a group of as many as may represent it they met all before, so only the one that represents it now meets more.
  if count == l.common + 1 or (count == l.hub + 1 and l.hub > l.representatives) then return range(l, set, 0, -1) end
  if count > l.hub and spoke then return range(l, set, l.representatives - 1, l.representatives - 1) end
  return {}
end
