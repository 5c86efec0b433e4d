-- The distinct wordings, and which of them are alike.
--
-- ARGV[12]: how many shared passages are enough, a byte for each number of passages of the shorter wording from 0 to 63;
-- beyond that it stays the same. ARGV[13], ARGV[14]: which share of a wording's passages is most of them, and next to all;
-- ARGV[15]: the least that either can be.
local ENOUGH, MOST, NEXT_TO_ALL, LEAST_OF_MOST = ARGV[12], tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15])
local NEVER_ALIKE, ALIKE = '0', '1'

-- A wording's number alone names its group and its record.
local function number(wording) return sub(wording, 1, 7) end
local function recordOf(wording) return PREFIX .. 'w' .. number(wording) end

local function enough(a, b)
  return byte(ENOUGH, math.min(byte(a, 8), byte(b, 8)) + 1)
end

local function most(countA, countB, hub)
  local of = hub and math.max(countA, countB) * NEXT_TO_ALL or math.min(countA, countB) * MOST
  return math.max(LEAST_OF_MOST, math.ceil(of))
end

local function writeWording(wording, passages)
  call('SET', recordOf(wording), NEVER_ALIKE .. passages)
end

local function readWording(wording)
  return sub(call('GET', recordOf(wording)), 2)
end

local function eachKey(keys, visit)
  for at = 1, #keys, 4 do visit(sub(keys, at, at + 3)) end
end

-- What was never alike to another cannot part from it. Written once a call: most are met again and again.
local marked = {}
local function markAlike(wording)
  if marked[wording] then return end
  marked[wording] = true
  call('SETRANGE', recordOf(wording), 0, ALIKE)
end

-- Whether two wordings that meet have most in common, common passages among it. `carriers` has the first one's.
local function shareMost(carriers, count, passages)
  local shared, widest = 0, 0
  eachKey(passages, function(key)
    if not carriers[key] then return end
    shared = shared + 1
    widest = math.max(widest, carriers[key])
  end)
  return widest > PASSAGES.common and shared >= most(count, #passages / 4, widest > PASSAGES.hub)
end

-- The wordings that are alike, from whom it meets on each of its lists and how many carry it: see contracts/keys.ts.
local function alikeBy(wording, lookAt)
  local own = readWording(wording)
  local order, open, told, carriers, common, hubs = {}, {}, {}, {}, {}, 0
  local function meets(others, counts)
    for _, other in ipairs(others) do
      if not open[other] then
        open[other], told[other] = 0, 0
        order[#order + 1] = other
      end
      if counts then counts[other] = counts[other] + 1 end
    end
  end
  eachKey(own, function(key)
    local others, count = lookAt(key)
    carriers[key] = count
    if count <= PASSAGES.common then meets(others, open)
    else common[#common + 1] = key end
    if count > PASSAGES.hub then hubs = hubs + 1 end
  end)
  -- Whom it meets in common passages alone it is alike to through no fewer than these. Through a hub it does not meet
  -- all with whom it has it in common, so that hubs are not told.
  local counted = #common >= LEAST_OF_MOST
  if counted then
    for _, key in ipairs(common) do
      meets(met(PASSAGES, key, wording), carriers[key] <= PASSAGES.hub and told or nil)
    end
  end
  local found = {}
  for _, other in ipairs(order) do
    local like = open[other] >= enough(wording, other)
    if not like and #common > 0 then
      local shared = open[other] + told[other] + (counted and 0 or #common)
      -- A member tells at most 63 of its passages, so that this is the least that could be most of them.
      local count, others = #own / 4, byte(other, 8)
      local mayBe = shared >= most(count, others, false)
      -- Where there is no hub, all that they have in common was told.
      if mayBe and hubs == 0 and told[other] > 0 and math.min(count, others) < 63 then like = true
      elseif mayBe or (hubs > 0 and shared + hubs >= most(count, others, true)) then
        like = shareMost(carriers, count, readWording(other))
      end
    end
    if like then
      found[#found + 1] = other
      markAlike(other)
    end
  end
  if #found > 0 then markAlike(wording) end
  return found
end

local function askWording(wording)
  return alikeBy(wording, function(key)
    local count = size(PASSAGES, key)
    return count <= PASSAGES.common and met(PASSAGES, key, wording) or {}, count
  end)
end

-- Puts a wording on its lists. Answers whom it is alike to, the wordings that may have parted, and the last number of
-- carriers of a passage that is to be told.
local function joinWording(wording, isTold)
  local parted, told = {}, 0
  local alike = alikeBy(wording, function(key)
    local others, count, ceased = join(PASSAGES, key, wording)
    for _, other in ipairs(ceased) do parted[other] = true end
    if isTold(count) then told = count end
    return others, count
  end)
  for other in pairs(parted) do
    if call('GETRANGE', recordOf(other), 0, 0) == NEVER_ALIKE then parted[other] = nil end
  end
  return alike, parted, told
end

-- Takes a wording off its lists. Answers, as keys, those that may be alike to more than before.
local function leaveWording(wording)
  local again = {}
  eachKey(readWording(wording), function(key)
    for _, other in ipairs(leave(PASSAGES, key, wording)) do again[other] = true end
  end)
  call('DEL', recordOf(wording))
  marked[wording] = nil
  return again
end

local function areAlike(a, b)
  local passagesA, passagesB = readWording(a), readWording(b)
  local carried, shared, wanted = {}, {}, enough(a, b)
  eachKey(passagesA, function(key) carried[key] = true end)
  eachKey(passagesB, function(key)
    if carried[key] then shared[#shared + 1] = key end
  end)
  local open, common, hub = 0, 0, false
  for _, key in ipairs(shared) do
    local count = size(PASSAGES, key)
    if count > PASSAGES.common then common = common + 1 else open = open + 1 end
    -- Most are alike by the first few.
    if wanted > 0 and open >= wanted then return true end
    hub = hub or count > PASSAGES.hub
  end
  if common == 0 or open + common < most(#passagesA / 4, #passagesB / 4, hub) then return false end
  for _, key in ipairs(shared) do
    if meet(PASSAGES, key, a, b) then return true end
  end
  return false
end
