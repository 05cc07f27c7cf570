# unused-allow: remove the comment
# prints: hello

# loopscope: allow blocking-call
print('hello')
