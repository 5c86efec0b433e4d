-- The distinct wordings, and which of them are alike.
--
-- ARGV[13]: how many common passages are enough, a byte for each number of passages of the shorter wording from 0 to 63;
-- beyond that it stays the same. ARGV[14], ARGV[15]: which share of the shorter one's passages is most
-- of them, for two that meet in a passage, and in a band.
local ENOUGH, MOST_IN_PASSAGE, MOST_IN_BAND = ARGV[13], tonumber(ARGV[14]), tonumber(ARGV[15])
local NEVER_ALIKE, ALIKE = '0', '1'

-- A wording's number alone names its group and its record.
local function number(wording) return sub(wording, 1, 7) end
local function recordOf(wording) return PREFIX .. 'w' .. number(wording) end

local function enough(a, b)
  return byte(ENOUGH, math.min(byte(a, 8), byte(b, 8)) + 1)
end

local function most(countA, countB, inBand)
  return math.ceil(math.min(countA, countB) * (inBand and MOST_IN_BAND or MOST_IN_PASSAGE))
end

local function writeWording(wording, near, passages)
  call('SET', recordOf(wording), NEVER_ALIKE .. char(#near / 4) .. near .. passages)
end

local function readWording(wording)
  local record = call('GET', recordOf(wording))
  local nearEnd = 2 + 4 * byte(record, 2)
  return sub(record, 3, nearEnd), sub(record, nearEnd + 1)
end

local function eachKey(keys, visit)
  for at = 1, #keys, 4 do visit(sub(keys, at, at + 3)) end
end

-- Every list that a wording stands on.
local function eachList(wording, visit)
  local near, passages = readWording(wording)
  eachKey(near, function(key) visit(NEAR, key) end)
  eachKey(passages, function(key) visit(PASSAGES, key) end)
end

-- What was never alike to another cannot part from it. Written once a call: most are met again and again.
local marked = {}
local function markAlike(wording)
  if marked[wording] then return end
  marked[wording] = true
  call('SETRANGE', recordOf(wording), 0, ALIKE)
end

-- How many of the hubs are among some passages.
local function hubsAmong(passages, hubs)
  local found = 0
  eachKey(passages, function(key) if hubs[key] then found = found + 1 end end)
  return found
end

-- The wordings that are alike, from whom it meets on each of its lists: see contracts/keys.ts.
local function alikeBy(wording, meetsOn)
  local order, open, inHub, inBand, hubs, hubCount = {}, {}, {}, {}, {}, 0
  eachList(wording, function(l, key)
    local others, hub = meetsOn(l, key)
    if l == PASSAGES and hub then
      hubs[key] = true
      hubCount = hubCount + 1
    end
    for _, other in ipairs(others) do
      if not open[other] then
        open[other] = 0
        order[#order + 1] = other
      end
      if l == NEAR then inBand[other] = true
      elseif hub then inHub[other] = true
      else open[other] = open[other] + 1 end
    end
  end)
  local _, own = readWording(wording)
  local found = {}
  for _, other in ipairs(order) do
    local wanted = enough(wording, other)
    local like = wanted > 0 and open[other] >= wanted
    -- A member tells at most 63 of its passages, so that this is the least that could be most of them.
    local mayBe = (inBand[other] or open[other] > 0 or inHub[other])
      and open[other] + hubCount >= most(#own / 4, byte(other, 8), inBand[other])
    if not like and hubCount == 0 then like = inBand[other]
    elseif not like and (mayBe or inBand[other]) then
      local _, passages = readWording(other)
      local common = hubsAmong(passages, hubs)
      if common == 0 then like = inBand[other]
      else like = mayBe and open[other] + common >= most(#own / 4, #passages / 4, inBand[other]) end
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
  return alikeBy(wording, function(l, key) return met(l, key, wording) end)
end

-- Puts a wording on its lists. Answers whom it is alike to, the wordings that may have parted, and the last number of
-- carriers of a passage that is to be told.
local function joinWording(wording, isTold)
  local parted, told = {}, 0
  local alike = alikeBy(wording, function(l, key)
    local others, count, ceased = join(l, key, wording)
    for _, other in ipairs(ceased) do parted[other] = true end
    if l == PASSAGES and count > l.hub and isTold(count) then told = count end
    return others, count > l.hub
  end)
  for other in pairs(parted) do
    if call('GETRANGE', recordOf(other), 0, 0) == NEVER_ALIKE then parted[other] = nil end
  end
  return alike, parted, told
end

-- Takes a wording off its lists. Answers, as keys, those that may be alike to more than before.
local function leaveWording(wording)
  local again = {}
  eachList(wording, function(l, key)
    for _, other in ipairs(leave(l, key, wording)) do again[other] = true end
  end)
  call('DEL', recordOf(wording))
  marked[wording] = nil
  return again
end

local function meetInBand(nearA, nearB, a, b)
  for at = 1, math.min(#nearA, #nearB), 4 do
    local key = sub(nearA, at, at + 3)
    if key == sub(nearB, at, at + 3) and meet(NEAR, key, a, b) then return true end
  end
  return false
end

local function areAlike(a, b)
  local nearA, passagesA = readWording(a)
  local nearB, passagesB = readWording(b)
  local carried, open, hubs, meets = {}, 0, 0, false
  eachKey(passagesA, function(key) carried[key] = true end)
  eachKey(passagesB, function(key)
    if not carried[key] then return end
    if isHub(PASSAGES, key) then hubs = hubs + 1 else open = open + 1 end
    meets = meets or meet(PASSAGES, key, a, b)
  end)
  local wanted = enough(a, b)
  if wanted > 0 and open >= wanted then return true end
  local inBand = meetInBand(nearA, nearB, a, b)
  if hubs == 0 or not (inBand or meets) then return inBand end
  return open + hubs >= most(#passagesA / 4, #passagesB / 4, inBand)
end
