-- What is asked of the index. ARGV: command, generation, hour or -1, hours that a post is kept; then the rules; from the
-- 16th on what the command is about. A call of another generation than the index's is answered with nothing: the index
-- was lost or is being restored.
local command, generation = ARGV[1], ARGV[2]
if command ~= 'restore' and call('GET', PREFIX .. 'generation') ~= generation then return false end

local hour = tonumber(ARGV[3])
if hour < 0 then hour = math.floor(call('TIME')[1] / 3600) end
local FIRST = 16

local function letGo(post)
  takeOut(post, newTurn())
  call('DEL', PREFIX .. 'i' .. post.member, PREFIX .. 'u' .. post.member)
  call('DECR', PREFIX .. 'size')
  posts[post.member] = false
end

-- Lets go of posts that came before the hot window, a few a call, so that no call is long. What they met stays as it is.
local function forget(most)
  local oldest = tonumber(call('GET', PREFIX .. 'oldest') or hour)
  local last = hour - tonumber(ARGV[4])
  local left = most
  while left > 0 and oldest < last do
    local member = call('LPOP', PREFIX .. 't' .. oldest)
    if not member then
      oldest = oldest + 1
    else
      local post = readPost(member)
      -- A post that changed later stands in a later hour, too.
      if post and post.hour == oldest then
        letGo(post)
      end
    end
    left = left - 1
  end
  call('SET', PREFIX .. 'oldest', oldest)
end

if command == 'share' then
  local answers = {}
  for at = FIRST, #ARGV, 2 do
    local a, b = readPost(ARGV[at]), readPost(ARGV[at + 1])
    answers[#answers + 1] = (not a or not b or share(a, b)) and 1 or 0
  end
  return answers
end

if command == 'forget' then
  for at = FIRST, #ARGV do
    local post = readPost(ARGV[at])
    if post then letGo(post) end
  end
  return 1
end

local turn = newTurn()
for at = FIRST, #ARGV, 7 do
  local entry = {
    id = ARGV[at], member = ARGV[at + 1], wording = ARGV[at + 2], passages = ARGV[at + 3],
    own = ARGV[at + 4], refers = ARGV[at + 5], shows = ARGV[at + 6], hour = hour,
  }
  local alike = put(entry, hour, turn)
  if command == 'ask' then pairPost(readPost(entry.member), alike, turn) end
end
if command == 'ask' then
  for wording in pairs(turn.wordingsAgain) do pairWording(wording, turn) end
  for member in pairs(turn.postsAgain) do
    if readPost(member) then pairPost(readPost(member), nil, turn) end
  end
end
forget((#ARGV - FIRST + 1) / 4)
local unsettled = {}
for member in pairs(turn.unsettled) do
  -- Whom the hot window has let go of since is not there any more.
  if readPost(member) then unsettled[#unsettled + 1] = readPost(member).id end
end
return { turn.pairs, unsettled, turn.crowded, tonumber(call('GET', PREFIX .. 'size') or 0) }
