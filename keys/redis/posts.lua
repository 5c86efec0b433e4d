-- Posts: their wording's group and the names they own, refer to and show.
local NO_WORDING = ''

local function isTold(count)
  return count == 1000 or count == 10000 or count == 100000 or count == 1000000 or count == 10000000
end

local function newTurn()
  return { pairs = {}, unsettled = {}, crowded = {}, wordingsAgain = {}, postsAgain = {} }
end

local function note(turn, a, b)
  local pairs = turn.pairs
  pairs[#pairs + 1] = readPost(a).id
  pairs[#pairs + 1] = readPost(b).id
end

local function mark(set, members)
  for _, member in ipairs(members) do set[member] = true end
end

local function joinNames(post, unsettled)
  eachKey(post.refers, function(key) join(REFERS, key, post.member) end)
  for l, keys in pairs({ [OWN] = post.own, [SHOWS] = post.shows }) do
    eachKey(keys, function(key)
      local _, count, ceased = join(l, key, post.member)
      mark(unsettled, count == l.hub + 1 and members(l, key) or ceased)
    end)
  end
end

local function takeOut(post, turn)
  eachKey(post.refers, function(key) leave(REFERS, key, post.member) end)
  eachKey(post.own, function(key) mark(turn.postsAgain, leave(OWN, key, post.member)) end)
  eachKey(post.shows, function(key) mark(turn.postsAgain, leave(SHOWS, key, post.member)) end)
  if post.wording == NO_WORDING then return end
  mark(turn.postsAgain, leave(GROUP, number(post.wording), post.member))
  if size(GROUP, number(post.wording)) == 0 then
    for other in pairs(leaveWording(post.wording)) do turn.wordingsAgain[other] = true end
  end
end

local function listed(set)
  local members = {}
  for member in pairs(set) do members[#members + 1] = member end
  return members
end

local function tell(turn, unsettled, again, wordings)
  mark(turn.unsettled, unsettled)
  mark(turn.postsAgain, again)
  mark(turn.wordingsAgain, wordings)
end

-- What a post's comings did to others is kept with it: whoever repeats an analysis that was cut off is told it again,
-- also when the post has changed once more since. What it did before adds to what it does now.
local function remember(post, done)
  local key = PREFIX .. 'u' .. post.member
  local kept = call('GET', key)
  if kept then tell(done, cmsgpack.unpack(kept)) end
  local unsettled, again, wordings = listed(done.unsettled), listed(done.postsAgain), listed(done.wordingsAgain)
  if #unsettled + #again + #wordings > 0 then call('SET', key, cmsgpack.pack(unsettled, again, wordings)) end
end

-- Makes an entry's keys the post's. Of a wording that is new, also answers which others it is alike to.
local function put(entry, hour, turn)
  local done = newTurn()
  local post = readPost(entry.member)
  if post then
    if post.id ~= entry.id then error('two posts have one hash: ' .. post.id .. ' and ' .. entry.id) end
    local same = post.wording == entry.wording and post.own == entry.own
      and post.refers == entry.refers and post.shows == entry.shows
    if same then
      local kept = call('GET', PREFIX .. 'u' .. post.member)
      if kept then tell(turn, cmsgpack.unpack(kept)) end
      return nil
    end
    takeOut(post, done)
  else
    call('INCR', PREFIX .. 'size')
  end
  posts[entry.member] = entry
  call('SET', PREFIX .. 'i' .. entry.member,
    cmsgpack.pack(entry.id, entry.wording, entry.own, entry.refers, entry.shows, hour))
  call('RPUSH', PREFIX .. 't' .. hour, entry.member)
  local unsettled = done.unsettled
  joinNames(entry, unsettled)
  local alike = nil
  if entry.wording ~= NO_WORDING then
    local _, count, displaced = join(GROUP, number(entry.wording), entry.member)
    mark(unsettled, displaced)
    if isTold(count) then turn.crowded[#turn.crowded + 1] = { 'wording', count, entry.id } end
    if count == 1 then
      writeWording(entry.wording, entry.passages)
      local parted, told
      alike, parted, told = joinWording(entry.wording, isTold)
      for wording in pairs(parted) do mark(unsettled, representatives(GROUP, number(wording))) end
      if told > 0 then turn.crowded[#turn.crowded + 1] = { 'passage', told, entry.id } end
    end
  end
  remember(entry, done)
  tell(turn, listed(done.unsettled), listed(done.postsAgain), listed(done.wordingsAgain))
  return alike
end

-- Notes every pair of a post with those that it shares enough with.
local function pairPost(post, alike, turn)
  local member = post.member
  local seen = { [member] = true }
  local function meets(others)
    for _, other in ipairs(others) do
      if not seen[other] then
        seen[other] = true
        note(turn, member, other)
      end
    end
  end
  eachKey(post.own, function(key)
    local referrers = met(REFERS, key, nil)
    if #referrers > 0 and isMet(OWN, key, member) then meets(referrers) end
  end)
  eachKey(post.refers, function(key) meets(met(OWN, key, nil)) end)
  eachKey(post.shows, function(key) meets(met(SHOWS, key, member)) end)
  if post.wording == NO_WORDING then return end
  local group = number(post.wording)
  meets(met(GROUP, group, member))
  if not isMet(GROUP, group, member) then return end
  for _, like in ipairs(alike or askWording(post.wording)) do meets(representatives(GROUP, number(like))) end
end

local function pairWording(wording, turn)
  local own = representatives(GROUP, number(wording))
  if #own == 0 then return end
  for _, like in ipairs(askWording(wording)) do
    for _, other in ipairs(representatives(GROUP, number(like))) do
      for _, member in ipairs(own) do note(turn, member, other) end
    end
  end
end

local function has(keys, wanted)
  for at = 1, #keys, 4 do
    if sub(keys, at, at + 3) == wanted then return true end
  end
  return false
end

local function refersTo(owner, referrer)
  local found = false
  eachKey(owner.own, function(key)
    found = found or (has(referrer.refers, key) and isMet(OWN, key, owner.member))
  end)
  return found
end

local function share(a, b)
  if a.wording ~= NO_WORDING and b.wording ~= NO_WORDING then
    local first, second = number(a.wording), number(b.wording)
    local aSpeaks, bSpeaks = isMet(GROUP, first, a.member), isMet(GROUP, second, b.member)
    if first == second then
      if aSpeaks or bSpeaks then return true end
    elseif aSpeaks and bSpeaks and areAlike(a.wording, b.wording) then return true end
  end
  if refersTo(a, b) or refersTo(b, a) then return true end
  local found = false
  eachKey(a.shows, function(key)
    found = found or (has(b.shows, key) and meet(SHOWS, key, a.member, b.member))
  end)
  return found
end
